"""Everything bad in one document: all of it is reported together, each fault with its path and its line."""

import re
import time
from typing import Any

import pytest

from framework_spec.problems import Problem
from framework_spec.reading import FrameworkRejectedError, publishing_problems, read_framework

BAD = """\
spec: openpmm.framework/1
code: bad
version: 1
purpose: scoring
population: testers
inputs:
  - {code: ALL, unit: count, minimum: 0}
  - {code: ALL, unit: count}
  - {code: FEE, unit: currency, minimum: 0}
  - {code: 1E2, unit: count}
root:
  code: R
  kind: index
  name: {en: Root}
  children:
    - code: D1
      kind: dimension
      name: {en: First}
      weight: -2
      children:
        - code: K1
          kind: kpi
          name: {en: One}
          formula: ALL / 0
          direction: higher_is_better
          scoring: {normalisation: goalposts, lower: 5, upper: 5}
        - code: K2
          kind: kpi
          name: {en: Two}
          formula: ALL / NONE
          direction: higher_is_better
          scoring: {normalisation: min_max}
        - code: K3
          kind: kpi
          name: {en: Three}
          formula: ALL + FEE
          direction: higher_is_better
          scoring: {normalisation: min_max}
        - code: K4
          kind: kpi
          name: {en: Four}
          formula: "-FEE"
          direction: higher_is_better
          scoring: {normalisation: min_max, transform: log}
        - code: K4
          kind: kpi
          name: {en: At two places}
          formula: ALL +* 1
          direction: higher_is_better
          scoring: {normalisation: min_max, reference: 012}
    - code: D2
      kind: dimension
      name: {en: Second}
      children:
        - {code: K5, kind: kpi, name: {en: Five}, weight: 0, formula: ALL, direction: context_only}
root2: {code: R2, kind: index}
"""


def errors(text: str) -> list[Problem]:
    return [problem for problem in publishing_problems(text) if problem.severity == "error"]


def test_all_faults_are_reported_together_with_path_and_line() -> None:
    kpis = "root.children[0].children"
    found = errors(BAD)
    assert [(problem.line, problem.path, problem.code) for problem in found] == [
        (3, "version", "document.wrong_value"),
        (7, "inputs[0].code", "input.duplicate_code"),
        (8, "inputs[1].code", "input.duplicate_code"),
        (10, "inputs[3].code", "document.code_pattern"),
        (19, "root.children[0].weight", "node.negative_weight"),
        (24, f"{kpis}[0].formula", "formula.zero_divisor"),
        (26, f"{kpis}[0].scoring", "scoring.equal_goalposts"),
        (30, f"{kpis}[1].formula", "formula.unknown_input"),
        (36, f"{kpis}[2].formula", "formula.unit_mismatch"),
        (39, f"{kpis}[3].code", "node.duplicate_code"),
        (44, f"{kpis}[3].scoring.transform", "scoring.values_refused"),
        (45, f"{kpis}[4].code", "node.duplicate_code"),
        (48, f"{kpis}[4].formula", "formula.syntax"),
        (50, f"{kpis}[4].scoring.reference", "scoring.unused_field"),
        (51, "root.children[1]", "node.all_weights_zero"),
        (56, "root2", "document.unknown_field"),
    ]
    with pytest.raises(FrameworkRejectedError, match="the goalposts are equal") as caught:
        read_framework(BAD)
    assert list(caught.value.problems) == found


def test_a_second_root_is_refused() -> None:
    assert "document.duplicate_key" in [problem.code for problem in errors("root: {}\nroot: {}")]
    assert "document.wrong_value" in [problem.code for problem in errors("root: [{code: A}, {code: B}]")]


@pytest.mark.parametrize(
    ("scoring", "code"),
    [
        ({"normalisation": "goalposts", "lower": 200, "upper": 300}, "scoring.out_of_reach"),
        ({"normalisation": "goalposts", "lower": -9, "upper": 0}, "scoring.out_of_reach"),
        ({"normalisation": "steps", "steps": [{"from": 101, "points": 1}]}, "scoring.out_of_reach"),
        ({"normalisation": "min_max", "transform": "log", "offset": -100}, "scoring.values_refused"),
        ({"normalisation": "min_max", "transform": "sqrt", "offset": -101}, "scoring.values_refused"),
        ({"normalisation": "min_max", "transform": "log"}, "scoring.some_values_refused"),
        ({"normalisation": "goalposts", "lower": 0, "upper": 100}, None),
    ],
)
def test_a_scoring_rule_that_the_values_cannot_take_is_named(
    document: dict[str, Any], kpi: dict[str, Any], scoring: dict[str, Any], code: str | None
) -> None:
    document["inputs"].append({"code": "PERCENT", "unit": "percent", "minimum": 0, "maximum": 100})
    kpi.update(formula="PERCENT", unit="percent", scoring=scoring)
    found = [problem.code for problem in publishing_problems(document) if problem.code.startswith("scoring")]
    assert found == ([code] if code else [])


def test_goalposts_of_a_percentage_on_a_share_are_doubted(document: dict[str, Any], kpi: dict[str, Any]) -> None:
    kpi.update(formula="GOOD / ALL", unit="share")
    assert "scoring.percent_meant" in [problem.code for problem in publishing_problems(document)]


@pytest.mark.parametrize("text", ["facts: {A: 1.5e+999}", '{"facts": {"A": 1e999}}'])
def test_a_number_without_end_is_refused(text: str) -> None:
    assert "document.number_too_large" in [problem.code for problem in errors(text)]


def test_a_control_character_in_a_key_is_refused() -> None:
    assert "document.unwritable" in [problem.code for problem in errors('"a\\u0000b": 1')]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("- {code: NA, unit: count}", "code.spreadsheet"),  # read as "not available"
        ("- {code: SEP1, unit: count}", "code.spreadsheet"),  # read as a date
        ("- {code: TRUE, unit: count}", "code.spreadsheet"),
        ("- {code: 1E2, unit: count}", "document.code_pattern"),  # read as 100
        ("- {code: 007, unit: count}", "document.code_pattern"),  # loses its zeros
        ("- {code: 12, unit: count}", "document.wrong_value"),  # a number is no text
    ],
)
def test_codes_that_spreadsheets_mangle_are_named_with_their_line(line: str, code: str) -> None:
    found = publishing_problems(f"spec: openpmm.framework/1\ninputs:\n{line}\nroot: {{code: R}}\n")
    expected = "warning" if code == "code.spreadsheet" else "error"
    if expected == "warning":
        found = publishing_problems(CATALOGUE + f"inputs:\n  {line}\n")
    assert [(each.severity, each.line) for each in found if each.code == code] == [
        (expected, 3 if expected == "error" else 8)
    ]


CATALOGUE = """\
spec: openpmm.framework/1
code: small
version: "1"
purpose: catalogue
population: testers
root: {code: R, kind: index, name: {en: Root}}
"""


def test_a_node_that_hangs_nowhere_or_in_itself_cannot_be_written() -> None:
    orphan = "root: {code: R, kind: index}\nnodes: [{code: K, kind: kpi, parent: NONE}]"
    assert ("document.unknown_field", "nodes") in [(each.code, each.path) for each in errors(orphan)]
    named = "root: {code: R, kind: index, children: [{code: K, kind: kpi, parent: NONE}]}"
    assert ("document.unknown_field", "root.children[0].parent") in [(each.code, each.path) for each in errors(named)]
    cycle = "root: &a {code: R, kind: index, children: [*a]}"
    assert {"document.anchor", "document.alias"} <= {each.code for each in errors(cycle)}


@pytest.mark.parametrize(
    "text",
    [
        "inputs:\n" + "- {code: A, unit: count}\n" * 400_000,
        "spec: [" + "1," * 4_000_000 + "1]",
        "{" + ", ".join(f'"k{number}": {number}' for number in range(450_000)) + "}",
    ],
)
def test_a_file_of_ten_megabytes_is_refused_before_it_costs_much(text: str) -> None:
    start = time.process_time()
    assert "document.too_many_values" in [problem.code for problem in publishing_problems(text)]
    assert time.process_time() - start < 12


def test_a_thousand_misspelt_inputs_are_each_told_what_was_meant(document: dict[str, Any]) -> None:
    numbers = range(1_000)
    document["inputs"] = [{"code": f"INPUT_{number:04}_X", "unit": "count"} for number in numbers]
    kpi = document["root"]["children"][0]["children"][1]
    document["root"]["children"][0]["children"] = [
        {**kpi, "code": f"K{number}", "formula": f"INPUT_{number:04}_Y"} for number in numbers
    ]
    start = time.process_time()
    found = [each for each in publishing_problems(document) if each.code == "formula.unknown_input"]
    assert time.process_time() - start < 5
    assert len(found) == 1_000
    meant = {tuple(re.findall(r"INPUT_(\d+)_", each.message)) for each in found}
    assert meant == {(f"{number:04}", f"{number:04}") for number in numbers}


def test_more_problems_than_anybody_reads_are_counted() -> None:
    found = publishing_problems(CATALOGUE + "inputs:\n" + "  - {}\n" * 25_000)
    assert (len(found), found[-1].code) == (20_001, "document.too_many_problems")
    assert "there are 25,000 problems" in found[-1].message
    assert found[0].line == 8


def test_a_value_is_shown_shortened() -> None:
    found = errors(f"purpose: {'x' * 5_000}\ncode: {'y' * 5_000}\n{'z' * 500}: 1\n")
    assert all(len(each.message) < 400 for each in found)


def told(document: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(each.severity, each.code, each.path) for each in publishing_problems(document)}


def test_an_unknown_field_hides_neither_what_is_missing_nor_advice(
    document: dict[str, Any], kpi: dict[str, Any]
) -> None:
    document["inputs"].append({"code": "OTHER"})
    formula = kpi["formula"]
    kpi.clear()
    kpi.update(code="D1-1", kind="kpi", formulae=formula)
    found = publishing_problems(document)
    at = "root.children[0].children[0]"
    assert "there is no field 'formulae' here; did you mean formula?" in [each.message for each in found]
    assert [each.message for each in found if each.path == at and each.severity == "error"] == [
        "D1-1: a scoring framework needs the field 'direction'",
        "D1-1: a scoring framework needs the field 'formula'",
        "D1-1: a scoring framework needs the field 'scoring'",
        "D1-1: a scoring framework needs a name for every node",
    ]
    assert {
        ("warning", "kpi.no_unit", at),
        ("warning", "kpi.no_definition", at),
        ("warning", "input.no_name", "inputs[2]"),
        ("warning", "input.unused", "inputs[2]"),
    } <= told(document)
    assert ("warning", "input.unused", "inputs[1]") not in told(document)


def test_what_only_follows_from_a_wrong_field_is_not_told(document: dict[str, Any], kpi: dict[str, Any]) -> None:
    at = "root.children[0].children[0]"
    kpi.update(formula=5, unit="centigrade", name={"en": "Good", "fr": 7}, definition={"en": "Good"})
    found = told(document)
    assert ("error", "document.wrong_value", f"{at}.formula") in found
    assert {("error", "kpi.incomplete", at), ("warning", "kpi.no_unit", at)}.isdisjoint(found)
    assert ("warning", "text.missing_language", f"{at}.name") not in found
    assert ("warning", "text.missing_language", f"{at}.definition") in found


def test_nothing_is_asked_for_a_purpose_that_is_not_known(document: dict[str, Any], kpi: dict[str, Any]) -> None:
    document["purpose"] = "scorring"
    del kpi["formula"]
    codes = {code for _, code, _ in told(document)}
    assert codes.isdisjoint({"kpi.incomplete", "input.unused", "kpi.no_unit"})
    assert "text.missing_language" in codes


def test_a_missing_kind_comes_with_all_kinds(document: dict[str, Any], kpi: dict[str, Any]) -> None:
    del kpi["kind"]
    document["rules"] = [{"id": "R1", "text": {"en": "No"}}]
    said = {each.path: each.message for each in publishing_problems(document)}
    assert said["root.children[0].children[0]"].endswith("one of index, dimension, expected_outcome, group, kpi")
    assert said["rules[0]"].endswith("one of range, comparison, change, completeness, evidence")


@pytest.mark.parametrize(
    ("place", "field", "meant"),
    [((), "inputz", "inputs"), (("bands", 0), "form", "from"), (("root", "children", 0), "childs", "children")],
)
def test_an_unknown_field_names_the_one_that_was_meant(
    document: dict[str, Any], place: tuple[str | int, ...], field: str, meant: str
) -> None:
    part: Any = document
    for step in place:
        part = part[step]
    part[field] = "x"
    assert f"there is no field {field!r} here; did you mean {meant}?" in [
        each.message for each in publishing_problems(document)
    ]
