"""The edge cases of method.md, section 4, and that the four states stay four things."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from framework_spec.document import Framework
from scoring_engine import (
    AdministrationInputs,
    CycleInputs,
    InputRefusedError,
    NotScorableError,
    score_cycle,
)

Entry = Callable[..., dict[str, Any]]


@pytest.mark.parametrize("normalisation", ["min_max", "z_score", "distance_to_best"])
@pytest.mark.parametrize("values", [[7, 7, 7], [7]])
def test_zero_range_follows_the_declared_policy(
    build: Any, entry: Entry, normalisation: str, values: list[float]
) -> None:
    named = {f"A{place}": value for place, value in enumerate(values)}
    missing = build.scored(named, normalisation=normalisation)
    assert (entry(missing, "A0", "K1")["state"], entry(missing, "A0", "K1")["reason"]) == ("missing", "zero_range")
    middle = build.scored(named, normalisation=normalisation, zero_range="mid_scale")
    assert middle.score("A0", "K1") == 50
    assert "zero_range" in entry(middle, "A0", "K1")["flags"]


@pytest.mark.parametrize(
    "normalisation", ["min_max", "z_score", "rank", "percentile_rank", "distance_to_best", "fraction_of_maximum"]
)
def test_a_kpi_that_nobody_answers_has_a_reason_and_no_number(build: Any, entry: Entry, normalisation: str) -> None:
    made = build.framework(
        build.node("R", [build.kpi("K1", scoring={"normalisation": normalisation}), build.kpi("K2")])
    )
    scored = build.run(made, {"AA": {"K2": 40}, "BB": {}})
    assert entry(scored, "AA", "K1")["reason"] == "missing_input:I_K1@T"
    assert scored.score("AA") == 40
    assert scored.score("BB") is None
    assert "NaN" not in json.dumps(scored.cards(), allow_nan=False)


def test_missing_zero_not_applicable_and_opted_out_are_four_things(build: Any, entry: Entry) -> None:
    rows: dict[str, dict[str, float | str]]
    rows = {"AA": {"K1": 0}, "BB": {}, "CC": {"K1": "not_applicable"}, "DD": {"K1": "opted_out"}}
    scored = build.flat({name: {**row, "K2": 60} for name, row in rows.items()}, [1, 1])
    found = {name: entry(scored, name, "K1") for name in rows}
    assert [found[name]["state"] for name in rows] == ["scored", "missing", "not_applicable", "opted_out"]
    assert [found[name]["score"] for name in rows] == [0, None, None, None]
    assert [found[name]["coverage"] for name in rows] == [1, 0, None, 0]
    assert [scored.score(name) for name in rows] == [30, 60, 60, 60]
    assert [entry(scored, name, "R")["coverage_exact"] for name in rows] == ["1", "1/2", "1", "1/2"]


def test_a_claim_wins_over_figures_and_leaves_the_comparison_set(build: Any, entry: Entry) -> None:
    made = build.framework(build.node("R", [build.kpi("K1", scoring={"normalisation": "min_max"})]))
    figures = {"AA": 10, "BB": 20, "CC": 90}
    given = {name: AdministrationInputs({("I_K1", 2024): value}) for name, value in figures.items()}
    given["CC"] = AdministrationInputs({("I_K1", 2024): 90}, {"K1": "opted_out"})
    scored = score_cycle(made, CycleInputs.build(made, 2024, given))
    assert scored.score("BB", "K1") == 100
    assert entry(scored, "CC", "K1")["value"] is None


@pytest.mark.parametrize(
    ("threshold", "answered", "total", "reported"),
    [
        ("2/3", 4, 6, True),
        (0.7, 7, 10, True),
        ("0.7", 6, 10, False),
        (1, 3, 3, True),
        ("1/3", 1, 3, True),
        (0, 1, 9, True),
    ],
)
@pytest.mark.parametrize("measure", ["weight", "children"])
def test_equality_with_the_threshold_passes(
    build: Any, measure: str, threshold: Any, answered: int, total: int, reported: bool
) -> None:
    row = {f"K{place}": 50 for place in range(1, answered + 1)}
    rule = {"threshold": threshold, "measure": measure}
    scored = build.flat({"AA": row}, [0.1] * total, coverage=rule)
    assert (scored.score("AA") is not None) == reported


def test_coverage_by_weight_counts_down_to_the_kpis(build: Any, entry: Entry) -> None:
    inner = build.node("N", [build.kpi("K1"), build.kpi("K2")])
    by = {"threshold": "4/5"}
    rows = {"AA": {"K1": 50, "K3": 50}}
    weighed = build.run(build.framework(build.node("R", [inner, build.kpi("K3")], coverage=by)), rows)
    assert entry(weighed, "AA", "R")["coverage_exact"] == "3/4"
    assert entry(weighed, "AA", "R")["reason"] == "coverage:3/4<4/5"
    counted_rule = {**by, "measure": "children"}
    counted = build.run(build.framework(build.node("R", [inner, build.kpi("K3")], coverage=counted_rule)), rows)
    assert entry(counted, "AA", "R")["coverage_exact"] == "1"


def test_a_required_child_must_be_scored_unless_it_does_not_apply(build: Any, entry: Entry) -> None:
    rows = {"AA": {"K2": 50}, "BB": {"K1": "not_applicable", "K2": 50}, "CC": {"K1": 1, "K2": 50}}
    scored = build.flat(rows, [1, 1], coverage={"required": ["K1"]})
    assert [entry(scored, name, "R")["reason"] for name in rows] == ["required:K1", None, None]
    assert entry(scored, "AA", "R")["state"] == "under_threshold"
    assert entry(scored, "AA", "K2")["effective_weight"] is None


def test_states_of_nodes_without_a_score(build: Any, entry: Entry) -> None:
    rows = {
        "AA": {"K1": "not_applicable", "K2": "not_applicable"},
        "BB": {"K1": "opted_out", "K2": "opted_out"},
        "CC": {"K1": "opted_out"},
        "DD": {"K1": "not_applicable", "K2": "opted_out"},
    }
    scored = build.flat(rows, [1, 1])
    found = [entry(scored, name, "R")["state"] for name in rows]
    assert found == ["not_applicable", "opted_out", "missing", "opted_out"]


def test_weights_zero_of_all_present_children_are_told(build: Any, entry: Entry) -> None:
    scored = build.flat({"AA": {"K1": 50}}, [0, 1])
    assert (entry(scored, "AA", "R")["state"], entry(scored, "AA", "R")["reason"]) == ("missing", "no_weight_present")


def test_context_only_kpis_are_shown_and_never_scored(build: Any, entry: Entry) -> None:
    context = build.kpi("K1", direction="context_only", scoring=None)
    lonely = build.node("N", [build.kpi("K3", direction="context_only", scoring=None)], weight=9)
    made = build.framework(build.node("R", [context, build.kpi("K2"), lonely], coverage={"threshold": 1}))
    scored = build.run(made, {"AA": {"K1": 5, "K2": 70, "K3": 1}, "BB": {"K2": 70}})
    assert [scored.score(name) for name in ("AA", "BB")] == [70, 70]
    shown = entry(scored, "AA", "K1")
    assert (shown["state"], shown["value"], shown["score"], shown["coverage"]) == ("context_only", 5, None, None)
    assert (shown["effective_weight"], shown["contribution"], shown["scoring"]) == (None, None, None)
    assert entry(scored, "AA", "N")["state"] == "context_only"


def test_floor_is_applied_and_flagged(build: Any, entry: Entry) -> None:
    rule = {"method": "geometric", "floor": 1}
    scored = build.flat({"AA": {"K1": 0, "K2": 100}}, [1, 1], aggregation=rule)
    assert scored.score("AA") == pytest.approx(10)
    assert entry(scored, "AA", "K1")["flags"] == ["floored", "cut_lower"][:1]
    assert entry(scored, "AA", "K1")["score"] == 0


def test_the_weakest_child_is_named(build: Any, entry: Entry) -> None:
    scored = build.flat({"AA": {"K1": 30, "K2": 20, "K3": 20}}, [1, 1, 1], aggregation={"method": "weakest_link"})
    assert [entry(scored, "AA", code)["flags"] for code in ("K1", "K2", "K3")] == [[], ["binding"], ["binding"]]
    assert entry(scored, "AA", "K2")["contribution"] is None


def test_values_beyond_the_goalposts_are_flagged(build: Any, entry: Entry) -> None:
    posts = {"normalisation": "goalposts", "lower": 0, "upper": 10}
    cut = build.scored({"AA": 12, "BB": -1, "CC": 10}, **posts)
    assert [entry(cut, name, "K1")["flags"] for name in ("AA", "BB", "CC")] == [["cut_upper"], ["cut_lower"], []]
    uncut = build.scored({"AA": 12}, **posts, cut="none")
    assert entry(uncut, "AA", "K1")["flags"] == ["outside_goalposts"]


def test_log_of_zero_is_missing_with_its_reason(build: Any, entry: Entry) -> None:
    posts = {"normalisation": "goalposts", "lower": 1, "upper": 10, "transform": "log"}
    found = entry(build.scored({"AA": 0}, **posts), "AA", "K1")
    assert (found["state"], found["reason"], found["value"]) == ("missing", "log_of_non_positive", 0)


def test_winsorising_refuses_a_kpi_with_few_values(build: Any, entry: Entry) -> None:
    rule = {"normalisation": "min_max", "transform": "winsorise", "winsorise": {"high": 1}}
    values = {f"A{place}": 0.0 for place in range(9)} | {"B1": 1.0}
    scored = build.scored(values, **rule)
    assert scored.score("B1", "K1") == 100
    assert entry(scored, "B1", "K1")["flags"] == ["winsorise_refused"]


@pytest.mark.parametrize("values", [[-1.7e308, 0, 1.7e308], [1e16, 1e16 + 2, 1e16 + 4], [1e-300, 2e-300, 3e-300]])
@pytest.mark.parametrize("normalisation", ["min_max", "z_score"])
def test_huge_and_tiny_spreads(build: Any, normalisation: str, values: list[float]) -> None:
    scored = build.scored(dict(zip(["AA", "BB", "CC"], values, strict=True)), normalisation=normalisation)
    expected = [0, 50, 100] if normalisation == "min_max" else [-1, 0, 1]
    assert [scored.score(name, "K1") for name in ("AA", "BB", "CC")] == pytest.approx(expected, abs=1e-9)


def test_reference_that_did_not_report_leaves_no_score(build: Any, entry: Entry) -> None:
    scored = build.scored({"AA": 1, "BB": 2}, normalisation="distance_to_reference", reference="ZZ")
    assert entry(scored, "AA", "K1")["reason"] == "no_comparison_value"


def test_target_that_is_not_better_than_the_worst_gives_no_score(build: Any, entry: Entry) -> None:
    scored = build.scored({"AA": 10, "BB": 20}, normalisation="distance_to_target", target=5)
    assert entry(scored, "AA", "K1")["reason"] == "best_not_better_than_worst"


def test_group_means_fill_what_is_missing_and_say_so(build: Any, entry: Entry) -> None:
    made = build.framework(build.node("R", [build.kpi("K1"), build.kpi("K2")], missing="group_mean"))
    cells = {"AA": (10, 40, "G"), "BB": (20, None, "G"), "CC": (90, 80, "H"), "DD": (50, None, None)}
    given = {}
    for name, (first, second, group) in cells.items():
        answers = {("I_K1", 2024): first, ("I_K2", 2024): second}
        given[name] = AdministrationInputs(
            {key: value for key, value in answers.items() if value is not None}, {}, group
        )
    scored = score_cycle(made, CycleInputs.build(made, 2024, given))
    assert [scored.score(name) for name in ("AA", "BB", "CC", "DD")] == [25, 30, 85, 50]
    filled = entry(scored, "BB", "K2")
    assert (filled["state"], filled["score"], filled["flags"], filled["contribution"]) == (
        "missing",
        None,
        ["imputed"],
        20,
    )
    assert entry(scored, "BB", "R")["coverage_exact"] == "1/2"


def test_codes_that_spreadsheets_mangle_are_plain_text(build: Any) -> None:
    scored = build.flat({"NA": {"K1": 1}, "NO": {"K1": 2}, "1E2": {"K1": 3}, "007": {"K1": 4}}, [1])
    assert scored.administrations == ("007", "1E2", "NA", "NO")
    assert scored.score("NA") == 1


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, "12", None, 10**400])
def test_refuses_answers_that_are_no_finite_numbers(build: Any, value: Any) -> None:
    made: Framework = build.framework(build.node("R", [build.kpi("K1")]))
    with pytest.raises(InputRefusedError, match="AA: I_K1 of 2024 is not a finite number"):
        CycleInputs.build(made, 2024, {"AA": AdministrationInputs({("I_K1", 2024): value})})


def test_refuses_unknown_inputs_kpis_and_claims(build: Any) -> None:
    made = build.framework(build.node("R", [build.kpi("K1")]))
    for given, message in [
        (AdministrationInputs({("I_K9", 2024): 1}), "no input 'I_K9'"),
        (AdministrationInputs({}, {"K9": "opted_out"}), "'K9', which is no KPI"),
        (AdministrationInputs({}, {"K1": "tired"}), "unknown claim 'tired'"),  # type: ignore[dict-item]
    ]:
        with pytest.raises(InputRefusedError, match=message):
            CycleInputs.build(made, 2024, {"AA": given})


def test_a_catalogue_is_not_scored(build: Any) -> None:
    made = build.framework(build.node("R", [build.kpi("K1")]), purpose="catalogue")
    with pytest.raises(NotScorableError, match="nothing to score"):
        score_cycle(made, CycleInputs.build(made, 2024, {}))


def test_nobody_at_all_is_no_error(build: Any) -> None:
    assert build.flat({}, [1, 2]).cards() == {}
