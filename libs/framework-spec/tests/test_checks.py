"""Checks on meaning: each bad document names its problem and its place."""

from collections.abc import Callable
from typing import Any

import pytest

from framework_spec.reading import read_framework, validate_document

Problems = Callable[[dict[str, Any]], list[tuple[str, str]]]
KPI = "root.children[0].children[0]"
SCORING = f"{KPI}.scoring"


def test_the_small_framework_has_no_problem(document: dict[str, Any], problems: Problems) -> None:
    assert problems(document) == []


@pytest.mark.parametrize(
    ("scoring", "code"),
    [
        ({"normalisation": "goalposts", "lower": 5, "upper": 5}, "scoring.equal_goalposts"),
        ({"normalisation": "goalposts", "lower": 9, "upper": 5}, "scoring.reversed_goalposts"),
        ({"normalisation": "goalposts", "lower": 9}, "scoring.missing_parameter"),
        ({"normalisation": "goalposts", "lower": 0, "upper": 5, "transform": "log"}, "scoring.log_of_non_positive"),
        ({"normalisation": "goalposts", "lower": -1, "upper": 5, "transform": "sqrt"}, "scoring.root_of_negative"),
        ({"normalisation": "goalposts", "lower": 1, "upper": 5, "offset": 1}, "scoring.unused_field"),
        ({"normalisation": "goalposts", "lower": 1, "upper": 5, "target": 1}, "scoring.unused_field"),
        ({"normalisation": "goalposts", "lower": 1, "upper": 5, "comparison": "stored"}, "scoring.unused_field"),
        ({"normalisation": "min_max", "parameters": {"minimum": 1}}, "scoring.unused_field"),
        ({"normalisation": "min_max", "comparison": "stored"}, "scoring.missing_parameter"),
        ({"normalisation": "rank", "comparison": "stored"}, "scoring.comparison_refused"),
        ({"normalisation": "distance_to_target"}, "scoring.missing_parameter"),
        ({"normalisation": "distance_to_target", "lower": 5, "target": 5}, "scoring.target_not_better"),
        ({"normalisation": "distance_to_reference"}, "scoring.missing_parameter"),
        ({"normalisation": "distance_to_target", "upper": 5, "target": 3}, "scoring.unused_field"),
        ({"normalisation": "steps"}, "scoring.missing_parameter"),
        (
            {"normalisation": "steps", "steps": [{"from": 1, "points": 5}, {"from": 1, "points": 6}]},
            "scoring.duplicate_step",
        ),
        (
            {"normalisation": "steps", "steps": [{"from": 1, "points": 5}, {"from": 2, "points": 4}]},
            "scoring.steps_not_rising",
        ),
        ({"normalisation": "identity", "transform": "log"}, "scoring.transform_refused"),
        ({"normalisation": "min_max", "transform": "winsorise"}, "scoring.winsorise_incomplete"),
        ({"normalisation": "min_max", "winsorise": {"low": 1}}, "scoring.winsorise_incomplete"),
    ],
)
def test_refuses_a_scoring_rule(
    document: dict[str, Any], kpi: dict[str, Any], problems: Problems, scoring: dict[str, Any], code: str
) -> None:
    kpi["scoring"] = scoring
    found = problems(document)
    assert code in [problem for problem, _ in found]
    assert all(path.startswith(SCORING) for _, path in found)


@pytest.mark.parametrize(
    ("direction", "scoring"),
    [
        ("lower_is_better", {"normalisation": "goalposts", "lower": 9, "upper": 5}),
        ("lower_is_better", {"normalisation": "distance_to_target", "upper": 9, "target": 5}),
        ("higher_is_better", {"normalisation": "goalposts", "lower": 0, "upper": 5, "transform": "log", "offset": 1}),
        (
            "higher_is_better",
            {"normalisation": "min_max", "comparison": "stored", "parameters": {"minimum": 1, "maximum": 3}},
        ),
    ],
)
def test_accepts_a_scoring_rule(
    document: dict[str, Any], kpi: dict[str, Any], problems: Problems, direction: str, scoring: dict[str, Any]
) -> None:
    kpi.update(direction=direction, scoring=scoring)
    assert problems(document) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"formula": "GOOD / (ALL - ALL"}, ("formula.syntax", f"{KPI}.formula")),
        ({"formula": "GOOD / (2 - 2)"}, ("formula.zero_divisor", f"{KPI}.formula")),
        ({"formula": "GOOD / BAD"}, ("formula.unknown_input", f"{KPI}.formula")),
        ({"formula": "1 + 1"}, ("formula.no_input", f"{KPI}.formula")),
        ({"formula": None}, ("kpi.incomplete", KPI)),
        ({"scoring": None}, ("kpi.incomplete", KPI)),
        ({"direction": None}, ("kpi.incomplete", KPI)),
        ({"name": None}, ("node.incomplete", KPI)),
        ({"direction": "context_only"}, ("kpi.context_with_scoring", f"{KPI}.scoring")),
        ({"weight": -1}, ("node.negative_weight", f"{KPI}.weight")),
        ({"weight": 0}, ("node.all_weights_zero", "root.children[0]")),
        ({"code": "D1-2"}, ("node.duplicate_code", f"{KPI}.code")),
        ({"code": "d1"}, ("document.code_pattern", f"{KPI}.code")),
        ({"sources": ["S2"]}, ("framework.unknown_source", f"{KPI}.sources[0]")),
        ({"sdgs": [18]}, ("document.wrong_value", f"{KPI}.sdgs[0]")),
        ({"weight": "two"}, ("document.wrong_value", f"{KPI}.weight")),
        ({"kind": "indicator"}, ("document.wrong_value", f"{KPI}.kind")),
    ],
)
def test_refuses_a_kpi(
    document: dict[str, Any],
    kpi: dict[str, Any],
    problems: Problems,
    change: dict[str, Any],
    expected: tuple[str, str],
) -> None:
    kpi.update(change)
    assert expected in problems(document)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"aggregation": {"method": "geometric"}}, "aggregation.zero_without_floor"),
        ({"aggregation": {"method": "harmonic"}}, "aggregation.zero_without_floor"),
        ({"aggregation": {"method": "power", "exponent": -1}}, "aggregation.zero_without_floor"),
        ({"aggregation": {"method": "geometric", "floor": 0}}, "aggregation.floor_not_positive"),
        ({"aggregation": {"method": "arithmetic", "floor": 1}}, "aggregation.unused_floor"),
        ({"aggregation": {"method": "power"}}, "aggregation.exponent"),
        ({"aggregation": {"method": "arithmetic", "exponent": 2}}, "aggregation.exponent"),
        ({"aggregation": {"method": "ordinal_m1"}}, "aggregation.not_grades"),
        ({"aggregation": {"method": "arithmetic", "conversion": {"A": 1}}}, "aggregation.unused_conversion"),
        ({"aggregation": {"method": "ordinal_m2", "conversion": {"A": 1}}}, "aggregation.conversion"),
        ({"coverage": {"threshold": "3/2"}}, "node.threshold_range"),
        ({"coverage": {"required": ["D1-2"]}}, "node.unknown_required"),
        ({"coverage": {"required": ["D9"]}}, "node.unknown_required"),
        ({"children": []}, "node.empty_parent"),
    ],
)
def test_refuses_a_node(document: dict[str, Any], problems: Problems, change: dict[str, Any], code: str) -> None:
    document["root"]["children"][0].update(change)
    found = problems(document)
    assert code in [problem for problem, _ in found]


def test_refuses_grades_that_would_be_averaged_without_a_conversion(
    document: dict[str, Any], kpi: dict[str, Any], problems: Problems
) -> None:
    steps = [{"from": 50, "points": 2}, {"from": 75, "points": 4}]
    kpi["scoring"] = {"normalisation": "steps", "lower": 1, "steps": steps}
    document["root"]["children"][0]["aggregation"] = {"method": "ordinal_m1"}
    assert problems(document) == [("aggregation.grades_unconverted", "root.aggregation")]
    conversion = {"D": 0, "D+": 10, "C": 30, "C+": 45, "B": 60, "B+": 80, "A": 100}
    document["root"]["children"][0]["aggregation"]["conversion"] = conversion
    assert problems(document) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"inputs": [{"code": "ALL"}, {"code": "ALL"}, {"code": "GOOD"}]}, ("input.duplicate_code", "inputs[1].code")),
        ({"inputs": [{"code": "T"}, {"code": "ALL"}, {"code": "GOOD"}]}, ("input.reserved_code", "inputs[0].code")),
        (
            {"inputs": [{"code": "ALL", "minimum": 2, "maximum": 1}, {"code": "GOOD"}]},
            ("input.empty_range", "inputs[0].minimum"),
        ),
        ({"scale": {"lower": 1, "upper": 1}}, ("framework.empty_scale", "scale")),
        (
            {"bands": [{"code": "A", "from": 1}, {"code": "B", "from": 1}]},
            ("band.duplicate_start", "bands[0].from"),
        ),
        ({"bands": [{"code": "A", "from": 1}, {"code": "A", "from": 2}]}, ("band.duplicate_code", "bands[1].code")),
        ({"purpose": "ranking"}, ("document.wrong_value", "purpose")),
        ({"code": "NO"}, ("document.code_pattern", "code")),
    ],
)
def test_refuses_a_framework(
    document: dict[str, Any], problems: Problems, change: dict[str, Any], expected: tuple[str, str]
) -> None:
    document.update(change)
    assert expected in problems(document)


def test_refuses_a_framework_that_scores_nothing(
    document: dict[str, Any], kpi: dict[str, Any], problems: Problems
) -> None:
    kpi["direction"] = "context_only"
    del kpi["scoring"]
    assert problems(document) == [("framework.no_scored_kpi", "root")]


def test_a_catalogue_may_not_know_almost_everything() -> None:
    framework = read_framework(
        """
        spec: openpmm.framework/1
        code: known-so-far
        version: "1"
        purpose: catalogue
        population: wco-members
        root:
          code: PMM
          kind: index
          children:
            - code: D4
              kind: dimension
              name: null
              confidence: inferred
              children: []
            - {code: DX-1, kind: kpi, confidence: official, sdgs: null, field_confidence: {unit: unknown}}
        """
    )
    assert framework.node("DX-1").name is None


def test_a_thing_missing_only_because_something_else_is_wrong_is_not_reported(
    document: dict[str, Any], kpi: dict[str, Any], problems: Problems
) -> None:
    document["inputs"][0]["unit"] = "kilogram"
    kpi["scoring"]["lower"] = "0"
    kpi["code"] = "bad code"
    assert sorted(problems(document)) == [
        ("document.code_pattern", f"{KPI}.code"),
        ("document.wrong_value", "inputs[0].unit"),
        ("document.wrong_value", f"{SCORING}.lower"),
    ]


def test_checks_go_on_below_a_node_with_a_bad_field(document: dict[str, Any], problems: Problems) -> None:
    document["root"]["children"][0]["kind"] = "dimenson"
    document["root"]["children"].append(
        {"code": "D2", "kind": "kpi", "name": {"en": "x"}, "formula": "NONE", "direction": "context_only", "weight": -1}
    )
    assert {code for code, _ in problems(document)} >= {"document.wrong_value", "node.negative_weight"}


def test_walks_the_tree_in_document_order(document: dict[str, Any]) -> None:
    framework = validate_document(document)
    pairs = [(node.code, parent.code if parent else None) for node, parent in framework.nodes()]
    assert pairs == [("OVERALL", None), ("D1", "OVERALL"), ("D1-1", "D1"), ("D1-2", "D1")]
    assert [kpi.code for kpi in framework.kpis()] == ["D1-1", "D1-2"]
    assert framework.inputs_by_code["GOOD"].minimum == 0
