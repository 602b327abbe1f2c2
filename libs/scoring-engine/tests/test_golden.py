"""Cases that a domain expert can check with a pocket calculator."""

from collections.abc import Callable
from typing import Any

import pytest

from scoring_engine import AdministrationInputs, CycleInputs, ranks, score_cycle
from scoring_engine.ranking import rounded

Entry = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("direction", "scoring", "values", "expected"),
    [
        ("higher_is_better", {"normalisation": "goalposts", "lower": 20, "upper": 70}, [30, 80, 10], [20, 100, 0]),
        ("lower_is_better", {"normalisation": "goalposts", "lower": 20, "upper": 70}, [30, 80, 10], [80, 0, 100]),
        ("lower_is_better", {"normalisation": "goalposts", "lower": 70, "upper": 20}, [30, 80, 10], [80, 0, 100]),
        (
            "higher_is_better",
            {"normalisation": "goalposts", "lower": 20, "upper": 70, "cut": "none"},
            [30, 80, 10],
            [20, 120, -20],
        ),
        (
            "higher_is_better",
            {"normalisation": "goalposts", "lower": 20, "upper": 70, "cut": "upper"},
            [30, 80, 10],
            [20, 100, -20],
        ),
        (
            "higher_is_better",
            {"normalisation": "goalposts", "lower": 1, "upper": 100, "transform": "log"},
            [10, 1, 100],
            [50, 0, 100],
        ),
        (
            "higher_is_better",
            {"normalisation": "goalposts", "lower": 0, "upper": 99, "transform": "log", "offset": 1},
            [9, 0, 99],
            [50, 0, 100],
        ),
        (
            "higher_is_better",
            {"normalisation": "goalposts", "lower": 0, "upper": 16, "transform": "sqrt"},
            [4, 1, 16],
            [50, 25, 100],
        ),
        ("higher_is_better", {"normalisation": "min_max"}, [10, 20, 60], [0, 20, 100]),
        ("lower_is_better", {"normalisation": "min_max"}, [10, 20, 60], [100, 80, 0]),
        ("higher_is_better", {"normalisation": "z_score"}, [1, 2, 3], [-1, 0, 1]),
        (
            "higher_is_better",
            {"normalisation": "z_score", "centre": 50, "spread": 10, "cut": "both"},
            [1, 2, 3],
            [40, 50, 60],
        ),
        ("higher_is_better", {"normalisation": "rank"}, [5, 7, 7], [0, 75, 75]),
        ("lower_is_better", {"normalisation": "rank"}, [5, 7, 9], [100, 50, 0]),
        ("higher_is_better", {"normalisation": "percentile_rank"}, [1, 2, 2, 9], [12.5, 50, 50, 87.5]),
        (
            "higher_is_better",
            {"normalisation": "distance_to_target", "lower": 0, "target": 80},
            [20, 80, 90],
            [25, 100, 100],
        ),
        (
            "lower_is_better",
            {"normalisation": "distance_to_target", "upper": 10, "target": 2},
            [6, 1, 12],
            [50, 100, 0],
        ),
        ("higher_is_better", {"normalisation": "distance_to_target", "target": 50}, [10, 30, 60], [0, 50, 100]),
        ("higher_is_better", {"normalisation": "distance_to_best", "lower": 0}, [10, 20, 40], [25, 50, 100]),
        ("higher_is_better", {"normalisation": "distance_to_reference", "reference": "AC"}, [10, 20, 30], [0, 50, 100]),
        ("higher_is_better", {"normalisation": "fraction_of_maximum"}, [10, 20, 40], [25, 50, 100]),
        ("lower_is_better", {"normalisation": "fraction_of_maximum"}, [10, 20, 40], [75, 50, 0]),
        (
            "higher_is_better",
            {"normalisation": "steps", "steps": [{"from": 10, "points": 50}, {"from": 20, "points": 100}]},
            [9, 10, 25],
            [0, 50, 100],
        ),
        (
            "lower_is_better",
            {"normalisation": "steps", "steps": [{"from": 20, "points": 50}, {"from": 10, "points": 100}]},
            [21, 20, 9],
            [0, 50, 100],
        ),
        ("higher_is_better", {"normalisation": "identity"}, [9, -10, 250], [9, -10, 250]),
        (
            "higher_is_better",
            {"normalisation": "min_max", "transform": "winsorise", "winsorise": {"high": 1}},
            [1, 2, 3, 4, 5, 99],
            [0, 25, 50, 75, 100, 100],
        ),
        (
            "higher_is_better",
            {"normalisation": "min_max", "comparison": "stored", "parameters": {"minimum": 0, "maximum": 50}},
            [10, 20],
            [20, 40],
        ),
        (
            "higher_is_better",
            {"normalisation": "percentile_rank", "comparison": "stored", "parameters": {"values": [1, 2, 3, 4]}},
            [2.5, 9],
            [50, 100],
        ),
    ],
)
def test_normalisations(
    build: Any, direction: str, scoring: dict[str, Any], values: list[float], expected: list[float]
) -> None:
    names = [f"A{chr(65 + place)}" for place in range(len(values))]
    scored = build.scored(dict(zip(names, values, strict=True)), direction, **scoring)
    assert [scored.score(name, "K1") for name in names] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"method": "arithmetic"}, (20 + 3 * 80) / 4),
        ({"method": "geometric", "floor": 1}, (20 * 80**3) ** 0.25),
        ({"method": "harmonic", "floor": 1}, 4 / (1 / 20 + 3 / 80)),
        ({"method": "power", "exponent": 2}, ((20**2 + 3 * 80**2) / 4) ** 0.5),
        ({"method": "weakest_link"}, 20),
    ],
)
def test_means(build: Any, rule: dict[str, Any], expected: float) -> None:
    scored = build.flat({"AA": {"K1": 20, "K2": 80}}, [1, 3], aggregation=rule)
    assert scored.score("AA") == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("method", "grades", "expected"),
    [
        ("ordinal_m1", "DAA", "D+"),
        ("ordinal_m1", "BBB", "B"),
        ("ordinal_m1", "B", "B"),
        ("ordinal_m2", "DC", "D+"),
        ("ordinal_m2", "CA", "B"),
        ("ordinal_m2", "DDB", "D+"),
        ("ordinal_m2", "DDA", "C"),
        ("ordinal_m2", "DAA", "B"),
        ("ordinal_m2", "CAA", "B+"),
        ("ordinal_m2", "DDDC", "D"),
        ("ordinal_m2", "DCBA", "C+"),
        ("ordinal_m2", "BAAA", "A"),
        ("ordinal_m2", "A", "A"),
    ],
)
def test_grades(build: Any, entry: Entry, method: str, grades: str, expected: str) -> None:
    conversion = {"D": 0, "D+": 15, "C": 30, "C+": 50, "B": 65, "B+": 85, "A": 100}
    children = [build.kpi(f"K{place}", scoring={"normalisation": "identity"}) for place in range(1, len(grades) + 2)]
    rule = {"method": method, "conversion": conversion}
    # The last KPI is not applicable, so the table for fewer grades applies.
    row: dict[str, float | str] = {f"K{place}": "DCBA".index(grade) + 1 for place, grade in enumerate(grades, start=1)}
    row[f"K{len(grades) + 1}"] = "not_applicable"
    if len(children) > 4:
        del row[children.pop()["code"]]
    scored = build.run(build.framework(build.node("R", children, aggregation=rule)), {"AA": row})
    assert entry(scored, "AA", "R")["grade"] == expected
    assert scored.score("AA") == conversion[expected]


def test_a_value_that_is_no_grade_leaves_the_node_without_one(build: Any, entry: Entry) -> None:
    children = [build.kpi("K1", scoring={"normalisation": "identity"})]
    made = build.framework(build.node("R", children, aggregation={"method": "ordinal_m1"}))
    found = entry(build.run(made, {"AA": {"K1": 2.5}}), "AA", "R")
    assert (found["state"], found["reason"], found["grade"]) == ("missing", "aggregation_undefined", None)


def test_variation_uses_the_year_before_and_its_absence_is_told(build: Any, entry: Entry) -> None:
    rule = {"normalisation": "goalposts", "lower": -100, "upper": 100}
    formula = "100 * (I_K1 - I_K1[T-1]) / I_K1[T-1]"
    made = build.framework(build.node("R", [build.kpi("K1", formula=formula, scoring=rule)]))
    given = {
        "AA": AdministrationInputs({("I_K1", 2024): 150, ("I_K1", 2023): 100}),
        "BB": AdministrationInputs({("I_K1", 2024): 150, ("I_K1", 2023): 0}),
        "CC": AdministrationInputs({("I_K1", 2024): 150}),
    }
    scored = score_cycle(made, CycleInputs.build(made, 2024, given))
    assert scored.score("AA", "K1") == 75
    assert entry(scored, "BB", "K1")["reason"] == "division_by_zero"
    assert entry(scored, "CC", "K1")["reason"] == "missing_input:I_K1@T-1"
    assert entry(scored, "AA", "K1")["inputs"] == [
        {"code": "I_K1", "year": 2024, "value": 150},
        {"code": "I_K1", "year": 2023, "value": 100},
    ]


def test_bands_begin_where_they_say(build: Any, entry: Entry) -> None:
    bands = [{"code": "LOW", "from": 10}, {"code": "HIGH", "from": 70}]
    made = build.framework(build.node("R", [build.kpi("K1")]), bands=bands)
    rows = {"AA": {"K1": 70}, "BB": {"K1": 69.99999}, "CC": {"K1": 9}, "DD": {"K1": 0.7 * 100}, "EE": {}}
    scored = build.run(made, rows)
    found = [entry(scored, name, "R")["band"] for name in scored.administrations]
    assert found == ["HIGH", "LOW", None, "HIGH", None]


def test_places_are_shared_by_equal_scores() -> None:
    assert ranks([3.0, 5.0, None, 5.0, 1.0], None) == [3, 1, None, 1, 4]
    assert ranks([0.6754, 0.6746, 0.6744], 3) == [1, 1, 3]
    assert ranks([1.0] * 25) == [1] * 25
    assert ranks([None, None]) == [None, None]
    assert rounded(2.675, 2) == 2.68
    assert rounded(0.5, 0) == 1
