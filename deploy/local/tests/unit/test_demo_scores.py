"""The engine can score the synthetic submissions: most have a score, some are under a threshold on purpose."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from framework_spec.reading import read_framework
from local_stack.demo import shipped_plan
from local_stack.demo_data import REPORTING_YEAR, Member, make_submissions
from scoring_engine import AdministrationInputs, CycleInputs, ScoreRun, score_cycle
from scoring_engine.data import Claim

CLAIMS: dict[str, Claim] = {"not_applicable": "not_applicable", "opted_out": "opted_out"}
SHIPPED = Path(__file__).resolve().parents[4] / "services" / "framework-svc" / "src" / "framework_svc" / "data"


@pytest.fixture(scope="module")
def run() -> ScoreRun:
    framework = read_framework((SHIPPED / "frameworks" / "openpmm-demo-2.yaml").read_bytes())
    with (SHIPPED / "wco-members.csv").open(encoding="utf-8", newline="") as file:
        members = [Member(row["iso3"], row["wco_region"]) for row in csv.DictReader(file)]
    inputs = {
        submission.administration: AdministrationInputs(
            answers={(answer["code"], answer["year"]): answer["value"] for answer in submission.answers},
            claims={claim["code"]: CLAIMS[claim["state"]] for claim in submission.claims},
        )
        for submission in make_submissions(framework, members, shipped_plan())
    }
    return score_cycle(framework, CycleInputs.build(framework, REPORTING_YEAR, inputs))


def states(run: ScoreRun) -> Counter[str]:
    return Counter(node["state"] for card in run.cards().values() for node in card["nodes"])


def test_most_administrations_have_a_score_and_some_are_under_the_threshold(run: ScoreRun) -> None:
    scored = [score for code in run.administrations if (score := run.score(code)) is not None]
    assert 48 <= len(scored) <= 58
    assert max(scored) - min(scored) > 30
    assert all(10 < score < 95 for score in scored)


def test_every_state_occurs(run: ScoreRun) -> None:
    assert set(states(run)) == {
        "scored", "missing", "not_applicable", "opted_out", "under_threshold", "context_only",
    }  # fmt: skip


def test_every_band_occurs(run: ScoreRun) -> None:
    bands = Counter(card["nodes"][0]["band"] for card in run.cards().values())
    assert set(bands) == {"A", "B", "C", "D", None}


def test_every_kpi_has_a_value_for_many(run: ScoreRun) -> None:
    for code, stages in run.kpis.items():
        assert sum(value == value for value in stages.values.tolist()) >= 25, code


def test_scores_of_every_kpi_differ(run: ScoreRun) -> None:
    for kpi in run.framework.kpis():
        if not kpi.is_context:
            scores = [score for score in run.kpis[kpi.code].scores.tolist() if score == score]
            assert len(set(scores)) >= 3, kpi.code
            assert min(scores) < 60 < max(scores), (kpi.code, min(scores), max(scores))
