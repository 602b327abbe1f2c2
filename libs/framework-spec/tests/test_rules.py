"""Validation rules: read, checked, packed, and evaluated for one administration and for many."""

import json
from datetime import date
from typing import Any

import numpy as np
import pytest

from framework_spec.reading import publishing_problems, validate_document
from framework_spec.rules import Answers, RulePack, Violation, evaluate_pack, evaluate_rules, evaluate_rules_for_all
from framework_spec.rules import rule_pack as pack_of

TODAY = date(2027, 1, 1)
TEXT = {"en": "Look again", "fr": "À revoir"}


def rule(kind: str, **fields: Any) -> dict[str, Any]:
    return {"id": "R1", "kind": kind, "severity": "error", "text": TEXT, **fields}


def violations(document: dict[str, Any], rules: list[dict[str, Any]], answers: Answers) -> list[Violation]:
    return evaluate_rules(validate_document({**document, "rules": rules}), answers, TODAY, "fr")


def answers(**figures: float | None) -> Answers:
    """Figures of 2026, or of 2025 where the name ends in _1."""
    given = {(name.removesuffix("_1"), 2025 if name.endswith("_1") else 2026): value for name, value in figures.items()}
    return Answers(2026, given)


def test_a_violation_says_what_where_and_with_which_figures(document: dict[str, Any]) -> None:
    found = violations(document, [rule("comparison", check="GOOD <= ALL")], answers(GOOD=11, ALL=10))
    assert [violation.document() for violation in found] == [
        {
            "rule": "R1",
            "kind": "comparison",
            "severity": "error",
            "shadow": False,
            "inputs": ["GOOD", "ALL"],
            "kpis": ["D1-1", "D1-2"],
            "figures": [{"input": "GOOD", "year": 2026, "value": 11.0}, {"input": "ALL", "year": 2026, "value": 10.0}],
            "found": None,
            "text": "À revoir",
        }
    ]
    assert found[0].blocks
    assert json.dumps(found[0].document())


@pytest.mark.parametrize(
    ("fields", "figures", "broken"),
    [
        ({"kind": "range", "value": "ALL", "maximum": 10}, {"ALL": 10}, False),
        ({"kind": "range", "value": "ALL", "maximum": 10}, {"ALL": 10.5}, True),
        ({"kind": "range", "value": "ALL", "minimum": 1}, {"ALL": 0}, True),
        ({"kind": "range", "value": "GOOD / ALL", "maximum": 1}, {"ALL": 0, "GOOD": 3}, False),
        ({"kind": "range", "value": "ALL", "minimum": 1}, {}, False),
        ({"kind": "comparison", "check": "GOOD <= ALL"}, {"GOOD": 1, "ALL": 1}, False),
        ({"kind": "comparison", "check": "GOOD <= ALL"}, {"GOOD": 2}, False),
        ({"kind": "comparison", "check": "GOOD + GOOD == ALL"}, {"GOOD": 0.15, "ALL": 0.3}, False),
        ({"kind": "comparison", "check": "3 * GOOD == ALL"}, {"GOOD": 0.1, "ALL": 0.3}, False),
        ({"kind": "comparison", "check": "GOOD < ALL"}, {"GOOD": 1, "ALL": 1}, True),
        ({"kind": "comparison", "check": "GOOD != ALL"}, {"GOOD": 1, "ALL": 1}, True),
        ({"kind": "comparison", "check": "GOOD >= GOOD[T-1]"}, {"GOOD": 1, "GOOD_1": 2}, True),
        ({"kind": "change", "value": "ALL", "maximum_rise": 50}, {"ALL": 15, "ALL_1": 10}, False),
        ({"kind": "change", "value": "ALL", "maximum_rise": 50}, {"ALL": 16, "ALL_1": 10}, True),
        ({"kind": "change", "value": "ALL", "maximum_rise": 50}, {"ALL": 1, "ALL_1": 10}, False),
        ({"kind": "change", "value": "ALL", "maximum_fall": 50}, {"ALL": 4, "ALL_1": 10}, True),
        ({"kind": "change", "value": "ALL + GOOD", "maximum_fall": 50}, {"ALL": 4, "ALL_1": 10}, False),
        ({"kind": "change", "value": "ALL", "maximum_rise": 50}, {"ALL": 9, "ALL_1": 0}, False),
        ({"kind": "change", "value": "ALL", "maximum_rise": 5, "from_zero": "violation"}, {"ALL": 9, "ALL_1": 0}, True),
        (
            {"kind": "change", "value": "ALL", "maximum_rise": 5, "from_zero": "violation"},
            {"ALL": 0, "ALL_1": 0},
            False,
        ),
        ({"kind": "range", "value": "ALL", "minimum": 9, "when": "GOOD > 0"}, {"ALL": 1, "GOOD": 1}, True),
        ({"kind": "range", "value": "ALL", "minimum": 9, "when": "GOOD > 0"}, {"ALL": 1, "GOOD": 0}, False),
        ({"kind": "range", "value": "ALL", "minimum": 9, "when": "GOOD > 0"}, {"ALL": 1}, False),
    ],
)
def test_tells_whether_figures_keep_a_rule(
    document: dict[str, Any], fields: dict[str, Any], figures: dict[str, float], broken: bool
) -> None:
    assert bool(violations(document, [rule(**fields)], answers(**figures))) is broken


def test_a_change_shows_its_percentage_and_both_years(document: dict[str, Any]) -> None:
    (found,) = violations(document, [rule("change", value="ALL", maximum_rise=50)], answers(ALL=16, ALL_1=10))
    assert found.found == 60
    assert [(figure.year, figure.value) for figure in found.figures] == [(2026, 16), (2025, 10)]


def test_completeness_names_each_absent_input_and_kpi(document: dict[str, Any], kpi: dict[str, Any]) -> None:
    rules = [rule("completeness", inputs=["ALL"], kpis=["D1-1", "D1-2"])]
    found = violations(document, rules, answers(GOOD=1))
    assert [(one.inputs, one.kpis) for one in found] == [
        (("ALL",), ("D1-1", "D1-2")),
        (("ALL",), ("D1-1",)),
        (("ALL",), ("D1-2",)),
    ]
    claimed = Answers(2026, {("GOOD", 2026): None}, {"D1-1": "opted_out", "D1-2": "not_applicable"})
    assert [one.inputs for one in violations(document, rules, claimed)] == [("ALL",)]
    kpi["missing"] = {"claims": ["not_applicable"]}
    assert [one.kpis for one in violations(document, rules, claimed)][1:] == [("D1-1",)]


def test_a_kpi_that_gets_along_without_a_figure_is_complete(document: dict[str, Any], kpi: dict[str, Any]) -> None:
    kpi["formula"] = "100 * GOOD / coalesce(ALL, ALL[T-1])"
    assert violations(document, [rule("completeness", kpis=["D1-1"])], answers(GOOD=1, ALL_1=4)) == []
    kpi["formula"] = "100 * GOOD / ALL"
    assert violations(document, [rule("completeness", kpis=["D1-1"])], answers(GOOD=1, ALL=0)) == []


def test_evidence_is_asked_for_what_was_answered(document: dict[str, Any]) -> None:
    rules = [rule("evidence", inputs=["ALL"], kpis=["D1-1"])]
    assert violations(document, rules, Answers(2026)) == []
    given = {("ALL", 2026): 4.0}
    assert [one.kpis for one in violations(document, rules, Answers(2026, given))] == [("D1-1", "D1-2"), ("D1-1",)]
    assert violations(document, rules, Answers(2026, given, evidence=frozenset({"ALL", "D1-1"}))) == []


@pytest.mark.parametrize(
    ("fields", "shadow"),
    [
        ({}, False),
        ({"shadow": True}, True),
        ({"valid_from": "2027-01-01"}, False),
        ({"valid_from": "2027-01-02"}, True),
        ({"valid_from": "2026-01-01", "shadow": True}, True),
    ],
)
def test_a_rule_in_shadow_or_before_its_day_runs_and_blocks_nobody(
    document: dict[str, Any], fields: dict[str, Any], shadow: bool
) -> None:
    (found,) = violations(document, [rule("range", value="ALL", minimum=5, **fields)], answers(ALL=1))
    assert (found.shadow, found.blocks, found.asks_for_reason) == (shadow, not shadow, False)


def test_a_warning_asks_for_a_reason(document: dict[str, Any]) -> None:
    (found,) = violations(document, [rule("range", value="ALL", minimum=5, severity="warning")], answers(ALL=1))
    assert (found.blocks, found.asks_for_reason) == (False, True)


def test_the_pack_does_the_same_offline(document: dict[str, Any]) -> None:
    document["rules"] = [
        rule("comparison", check="GOOD <= ALL", valid_from="2026-05-01"),
        rule("change", id="R2", value="ALL", maximum_rise=5),
    ]
    framework = validate_document(document)
    pack = pack_of(framework)
    offline = RulePack.model_validate_json(pack.canonical_json())
    assert offline.digest() == pack.digest()
    given = answers(GOOD=3, ALL=2, ALL_1=1)
    assert evaluate_pack(offline, given, TODAY) == evaluate_rules(framework, given, TODAY)
    assert len(evaluate_pack(offline, given, TODAY)) == 2
    document["rules"][1]["maximum_rise"] = 6
    assert pack_of(validate_document(document)).digest() != pack.digest()


def test_many_administrations_at_once_are_as_one_by_one(document: dict[str, Any]) -> None:
    document["rules"] = [
        rule("comparison", check="GOOD <= ALL"),
        rule("change", id="R2", value="ALL", maximum_rise=20, maximum_fall=20),
        rule("completeness", id="R3", kpis=["D1-1"]),
    ]
    pack = pack_of(validate_document(document))
    draw = np.random.default_rng(1)
    many = {
        f"A{number}": answers(
            GOOD=float(draw.integers(5)), ALL=float(draw.integers(5)), ALL_1=(None, 2.0)[draw.integers(2)]
        )
        for number in range(60)
    }
    together = evaluate_rules_for_all(pack, many, TODAY)
    assert together == {name: evaluate_pack(pack, given, TODAY) for name, given in many.items()}
    assert sum(map(len, together.values())) > 20
    with pytest.raises(ValueError, match="different reporting years"):
        evaluate_rules_for_all(pack, {"A": Answers(2025), "B": Answers(2026)}, TODAY)


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"kind": "comparison", "check": "GOOD + ALL"}, "formula.syntax", "rules[0].check"),
        ({"kind": "comparison", "check": "GOOD <= AL"}, "formula.unknown_input", "rules[0].check"),
        ({"kind": "comparison", "check": "GOOD <= HOURS"}, "formula.unit_mismatch", "rules[0].check"),
        ({"kind": "comparison", "check": "1 <= 2"}, "formula.no_input", "rules[0].check"),
        ({"kind": "range", "value": "GOOD"}, "rule.no_limit", "rules[0]"),
        ({"kind": "range", "value": "GOOD", "minimum": 2, "maximum": 1}, "rule.empty_range", "rules[0].minimum"),
        ({"kind": "range", "value": "GOOD >", "minimum": 2}, "formula.syntax", "rules[0].value"),
        ({"kind": "range", "value": "GOOD", "minimum": 2, "when": "GOOD"}, "formula.syntax", "rules[0].when"),
        ({"kind": "change", "value": "GOOD"}, "rule.no_limit", "rules[0]"),
        ({"kind": "change", "value": "GOOD[T-1]", "maximum_rise": 1}, "rule.year_in_change", "rules[0].value"),
        ({"kind": "change", "value": "GOOD", "maximum_rise": -1}, "document.wrong_value", "rules[0].maximum_rise"),
        ({"kind": "completeness"}, "rule.no_target", "rules[0]"),
        ({"kind": "completeness", "inputs": ["NO"]}, "rule.unknown_input", "rules[0].inputs[0]"),
        ({"kind": "evidence", "kpis": ["D1"]}, "rule.unknown_kpi", "rules[0].kpis[0]"),
        ({"kind": "evidence", "kpis": ["D1-1"], "text": {}}, "rule.no_text", "rules[0].text"),
        (
            {"kind": "range", "value": "GOOD", "minimum": 2, "valid_from": 2027},
            "document.wrong_value",
            "rules[0].valid_from",
        ),
        ({"kind": "ranges", "value": "GOOD"}, "document.wrong_value", "rules[0].kind"),
        ({"kind": "range", "value": "GOOD", "minimum": 2, "check": "x"}, "document.unknown_field", "rules[0].check"),
    ],
)
def test_refuses_a_rule(document: dict[str, Any], fields: dict[str, Any], code: str, path: str) -> None:
    document["inputs"].append({"code": "HOURS", "unit": "hours"})
    document["rules"] = [rule(**fields)]
    errors = [problem for problem in publishing_problems(document) if problem.severity == "error"]
    assert [(problem.code, problem.path) for problem in errors] == [(code, path)]


def test_refuses_two_rules_with_one_id(document: dict[str, Any]) -> None:
    document["rules"] = [rule("completeness", inputs=["ALL"]), rule("completeness", inputs=["GOOD"])]
    errors = [problem.code for problem in publishing_problems(document) if problem.severity == "error"]
    assert errors == ["rule.duplicate_id"] * 2
