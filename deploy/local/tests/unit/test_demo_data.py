"""The synthetic submissions are the same every time, fit together, and show every state of a value."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from framework_spec.document import Framework
from framework_spec.parts import ClaimName
from framework_spec.reading import read_framework
from framework_spec.rules import Answers, evaluate_rules_for_all, rule_pack
from local_stack.demo import shipped_plan
from local_stack.demo_data import REPORTING_YEAR, DemoSubmission, Member, make_submissions
from local_stack.demo_plan import DemoPlan, read_plan

SHIPPED = Path(__file__).resolve().parents[4] / "services" / "framework-svc" / "src" / "framework_svc" / "data"
PLAN = shipped_plan()
CLAIMS: dict[str, ClaimName] = {"not_applicable": "not_applicable", "opted_out": "opted_out"}


def framework() -> Framework:
    return read_framework((SHIPPED / "frameworks" / "openpmm-demo-2.yaml").read_bytes())


def members() -> list[Member]:
    with (SHIPPED / "wco-members.csv").open(encoding="utf-8", newline="") as file:
        return [Member(row["iso3"], row["wco_region"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def submissions() -> list[DemoSubmission]:
    return make_submissions(framework(), members(), PLAN)


def values(submission: DemoSubmission) -> dict[tuple[str, int], float]:
    return {(answer["code"], answer["year"]): answer["value"] for answer in submission.answers}


def pairs(submission: DemoSubmission) -> Iterator[tuple[str, float, float]]:
    """Each share and the whole it is taken from, where both were answered for the same year."""
    given = values(submission)
    for (code, year), value in given.items():
        plan = PLAN.inputs[code]
        if plan.of and max(plan.share) <= 1 and (plan.of, year) in given:
            yield f"{submission.administration} {code} {year}", value, given[plan.of, year]


def test_same_seed_gives_the_same_submissions(submissions: list[DemoSubmission]) -> None:
    assert make_submissions(framework(), members(), PLAN) == submissions
    assert make_submissions(framework(), members(), PLAN, seed=1) != submissions


def test_order_of_the_register_does_not_matter(submissions: list[DemoSubmission]) -> None:
    assert make_submissions(framework(), reversed(members()), PLAN) == submissions


def test_plan_and_framework_name_the_same_inputs() -> None:
    assert set(PLAN.inputs) == set(framework().inputs_by_code)


def test_participation_is_uneven_over_the_six_regions(submissions: list[DemoSubmission]) -> None:
    region = {member.administration: member.region for member in members()}
    assert Counter(region[submission.administration] for submission in submissions) == PLAN.participation
    assert len({submission.administration for submission in submissions}) == 62
    assert "EUE" not in {submission.administration for submission in submissions}


def test_most_are_accepted_and_every_outcome_is_there(submissions: list[DemoSubmission]) -> None:
    outcomes = Counter(submission.outcome for submission in submissions)
    assert outcomes == {"accepted": 54, "submitted": 4, "returned": 2, "draft": 2}


def test_figures_are_plausible_for_their_input(submissions: list[DemoSubmission]) -> None:
    inputs = framework().inputs_by_code
    for submission in submissions:
        for answer in submission.answers:
            item = inputs[answer["code"]]
            assert answer["year"] in (REPORTING_YEAR, REPORTING_YEAR - 1)
            assert item.type != "integer" or isinstance(answer["value"], int), answer
            assert item.minimum is None or answer["value"] >= item.minimum, answer
            assert item.maximum is None or answer["value"] <= item.maximum, answer


def test_no_part_is_larger_than_its_whole(submissions: list[DemoSubmission]) -> None:
    checked = [pair for submission in submissions for pair in pairs(submission)]
    assert len(checked) > 1000
    assert [name for name, part, whole in checked if part > whole] == []


def test_breakdowns_add_up(submissions: list[DemoSubmission]) -> None:
    checked = 0
    for submission in submissions:
        given = values(submission)
        parts = [given.get((code, REPORTING_YEAR)) for code in PLAN.inputs["REVENUE_COLLECTED"].sum or ()]
        total = given.get(("REVENUE_COLLECTED", REPORTING_YEAR))
        if total is not None and None not in parts:
            assert sum(part for part in parts if part is not None) == total
            checked += 1
    assert checked > 20


def test_every_submission_keeps_to_the_rules_of_the_framework(submissions: list[DemoSubmission]) -> None:
    found = evaluate_rules_for_all(
        rule_pack(framework()),
        {submission.administration: as_answers(submission) for submission in submissions},
        date(2030, 1, 1),
    )
    broken = [violation for each in found.values() for violation in each]
    assert [each for each in broken if each.blocks or each.asks_for_reason] == []
    # What is in the shadow is seen at work, and evidence is welcome.
    assert {each.rule for each in broken} == {"TURNOVER-PLAUSIBLE", "EVIDENCE-WELCOME"}


def as_answers(submission: DemoSubmission) -> Answers:
    return Answers(
        reporting_year=REPORTING_YEAR,
        figures=values(submission),
        claims={claim["code"]: CLAIMS[claim["state"]] for claim in submission.claims},
    )


def test_all_states_zeros_and_empty_years_before_occur(submissions: list[DemoSubmission]) -> None:
    states = Counter(claim["state"] for submission in submissions for claim in submission.claims)
    assert states["not_applicable"] >= 10
    assert states["opted_out"] >= 50
    assert all(claim["reason"] for submission in submissions for claim in submission.claims)
    assert sum(answer["value"] == 0 for submission in submissions for answer in submission.answers) > 20
    growing = [
        submission
        for submission in submissions
        for given in [values(submission)]
        if given.get(("AEO_ACTIVE", REPORTING_YEAR - 1)) == 0 and given.get(("AEO_ACTIVE", REPORTING_YEAR), 0) > 0
    ]
    assert growing
    assert any(all(answer["year"] == REPORTING_YEAR for answer in submission.answers) for submission in submissions)


def test_disclosure_is_mixed(submissions: list[DemoSubmission]) -> None:
    defaults = Counter(submission.disclosure["default"] for submission in submissions)
    assert set(defaults) == {"public", "wco", "restricted"}
    assert min(defaults.values()) >= 8
    assert any(submission.disclosure["kpis"] for submission in submissions)
    assert any(not submission.disclosure["kpis"] for submission in submissions)


def test_coverage_is_uneven(submissions: list[DemoSubmission]) -> None:
    numbers = sorted(len({answer["code"] for answer in submission.answers}) for submission in submissions)
    assert numbers[0] < 45
    assert numbers[-1] >= 85


def test_plan_whose_places_do_not_fit_is_refused() -> None:
    wrong = PLAN.model_dump() | {"outcomes": {"accepted": 3}}
    with pytest.raises(ValueError, match="outcomes has 3 places for 62 administrations"):
        DemoPlan.model_validate(wrong)


def test_input_plan_with_two_origins_is_refused() -> None:
    with pytest.raises(ValueError, match="exactly one of base, of, sum and level is needed"):
        read_plan("inputs: {A: {of: B, level: [0, 1]}}")
