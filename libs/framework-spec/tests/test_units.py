"""The unit of a formula: worked out, held against the declared one, mistakes shown at the character."""

from collections.abc import Callable
from typing import Any

import pytest

from framework_spec.formulas import parse_formula, parse_statement
from framework_spec.formulas.ranges import value_range
from framework_spec.formulas.unit_check import unit_issues
from framework_spec.formulas.units import Measured, agrees, in_words
from framework_spec.parts import Input, Unit
from framework_spec.reading import publishing_problems

INPUTS = {
    item.code: item
    for item in [
        Input(code="COUNT", unit="count", minimum=0),
        Input(code="OTHER", unit="count", minimum=0),
        Input(code="MONEY", unit="currency", minimum=0),
        Input(code="DOLLARS", unit="currency", currency="USD"),
        Input(code="HOURS", unit="hours", minimum=2, maximum=48),
        Input(code="DAYS", unit="days"),
        Input(code="YEARS", unit="years"),
        Input(code="SHARE", unit="share", minimum=0, maximum=1),
        Input(code="PERCENT", unit="percent"),
        Input(code="POINTS", unit="points"),
        Input(code="GRADE", unit="number"),
        Input(code="UNKNOWN"),
    ]
}


def result(text: str) -> Any:
    found, issues = unit_issues(parse_formula(text).tree, INPUTS)
    assert issues == []
    return found


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("COUNT / OTHER", "share"),
        ("100 * COUNT / OTHER", "percent"),
        ("COUNT / OTHER * 100", "percent"),
        ("100 * (COUNT - COUNT[T-1]) / COUNT[T-1]", "percent"),
        ("100 * (COUNT / COUNT[T-1] - 1)", "percent"),
        ("100 * (COUNT / COUNT[T-1] - OTHER / OTHER[T-1])", "points"),
        ("1000 * COUNT / OTHER", "rate"),
        ("COUNT / YEARS", "rate"),
        ("COUNT / MONEY", "rate"),
        ("MONEY / MONEY[T-1]", "share"),
        ("MONEY / COUNT", "currency"),
        ("COUNT + OTHER", "count"),
        ("(COUNT + 100 * OTHER) / OTHER", "share"),
        ("COUNT * SHARE", "count"),
        ("1 - SHARE", "share"),
        ("100 * SHARE", "percent"),
        ("100 - PERCENT", "percent"),
        ("PERCENT / 100", "share"),
        ("max(COUNT, 0)", "count"),
        ("coalesce(COUNT[T-1], OTHER, 0)", "count"),
        ("if(OTHER > 0, COUNT / OTHER, 0)", "share"),
        ("abs(-COUNT)", "count"),
        ("(HOURS * COUNT + HOURS[T-1] * OTHER) / (COUNT + OTHER)", "hours"),
        ("HOURS / 24", "days"),
        ("24 * DAYS", "hours"),
        ("DAYS / 365", "years"),
        ("DAYS / COUNT", "days"),
        ("sqrt(COUNT * OTHER)", "count"),
        ("100 * (COUNT / OTHER + SHARE) / 2", "percent"),
        ("0.25 * COUNT / OTHER + 0.75 * SHARE", "share"),
        ("(HOURS + HOURS[T-1]) / 2", "hours"),
        ("(POINTS + POINTS[T-1]) / 2", "points"),
    ],
)
def test_a_formula_agrees_with_the_unit_it_comes_to(text: str, unit: Unit) -> None:
    found = result(text)
    assert isinstance(found, Measured)
    assert agrees(unit, found)


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("COUNT / OTHER", "percent", "a share"),
        ("100 * COUNT / OTHER", "share", "a percentage"),
        ("COUNT / OTHER", "count", "a share"),
        ("1000 * COUNT / OTHER", "percent", "1000 times a share"),
        ("COUNT", "currency", "count"),
        ("MONEY", "count", "currency national"),
        ("HOURS", "days", "hours"),
        ("DAYS / 365", "days", "years"),
        ("COUNT", "rate", "count"),
        ("COUNT * OTHER", "count", "count^2"),
        ("MONEY / DOLLARS", "share", "currency USD^-1 * currency national"),
    ],
)
def test_a_formula_disagrees_with_another_unit(text: str, unit: Unit, words: str) -> None:
    found = result(text)
    assert not agrees(unit, found)
    assert in_words(found) == words


@pytest.mark.parametrize(
    ("text", "message", "position"),
    [
        ("COUNT + MONEY", "cannot add count and currency national", 7),
        ("100 * (COUNT - HOURS) / OTHER", "cannot subtract count and hours", 14),
        ("SHARE + PERCENT", "cannot add a share and a percentage", 7),
        ("HOURS + DAYS", "cannot add hours and days", 7),
        ("MONEY + DOLLARS", "cannot add currency national and currency USD", 7),
        ("1 + max(COUNT, HOURS)", "cannot take the max of count and hours", 5),
        ("if(COUNT > MONEY, 1, 2)", r"cannot compare with > count and currency national", 10),
        ("if(COUNT > 1, COUNT, HOURS)", "cannot choose between count and hours", 22),
        ("coalesce(COUNT, SHARE)", "cannot take the coalesce of count and a share", 1),
        ("ln(MONEY)", "the logarithm of currency national depends on the unit", 1),
    ],
)
def test_units_that_do_not_go_together_are_shown_at_the_character(text: str, message: str, position: int) -> None:
    _, issues = unit_issues(parse_formula(text).tree, INPUTS)
    assert [(issue.message[: len(message)], issue.position) for issue in issues] == [(message, position)]


@pytest.mark.parametrize(
    "text", ["GRADE + COUNT", "UNKNOWN * MONEY", "ln(COUNT / OTHER)", "2 * 3 + COUNT", "COUNT * 0"]
)
def test_what_is_not_known_is_no_mistake(text: str) -> None:
    assert unit_issues(parse_formula(text).tree, INPUTS)[1] == []


def test_a_comparison_is_checked_like_a_formula() -> None:
    for text in ("COUNT <= 2 * OTHER", "HOURS <= 2 * HOURS[T-1]", "PERCENT <= 100 * SHARE"):
        assert unit_issues(parse_statement(text).tree, INPUTS)[1] == []
    issues = unit_issues(parse_statement("COUNT <= MONEY").tree, INPUTS)[1]
    assert [issue.position for issue in issues] == [7]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HOURS", (2, 48)),
        ("24 - HOURS", (-24, 22)),
        ("HOURS / 2 + 1", (2, 25)),
        ("SHARE * HOURS", (0, 48)),
        ("COUNT / OTHER", (0, float("inf"))),
        ("COUNT / (COUNT - OTHER)", (-float("inf"), float("inf"))),
        ("min(HOURS, 10) + max(SHARE, 0.5)", (2.5, 11)),
        ("abs(1 - HOURS)", (1, 47)),
        ("sqrt(HOURS - 2)", (0, 46**0.5)),
        ("ln(SHARE)", (-float("inf"), 0)),
        ("if(COUNT > 1, -SHARE, coalesce(HOURS, 0))", (-1, 48)),
    ],
)
def test_values_cannot_leave_the_range_that_inputs_allow(text: str, expected: tuple[float, float]) -> None:
    assert value_range(parse_formula(text).tree, INPUTS) == expected


Found = Callable[[dict[str, Any], dict[str, Any]], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ({"unit": "share"}, "kpi.unit_disagrees", "error"),
        ({"formula": "GOOD / ALL", "unit": "percent"}, "kpi.unit_disagrees", "error"),
        ({"formula": "GOOD + HOURS"}, "formula.unit_mismatch", "error"),
        ({"formula": "GOOD / 1000", "unit": "count"}, "kpi.unit_scaled", "warning"),
        ({"unit": "number"}, "kpi.unit_vague", "warning"),
        ({"formula": "100 * GOOD / ALL", "unit": "percent"}, "", ""),
        ({"breakdowns": [{"code": "import", "formula": "HOURS", "unit": "count"}]}, "kpi.unit_disagrees", "error"),
    ],
)
def test_the_declared_unit_must_agree(
    document: dict[str, Any], kpi: dict[str, Any], change: dict[str, Any], code: str, severity: str
) -> None:
    document["inputs"].append({"code": "HOURS", "unit": "hours"})
    kpi.update(change)
    about_units = [
        problem for problem in publishing_problems(document) if "_unit" in problem.code or ".unit_" in problem.code
    ]
    found = [(problem.code, problem.severity) for problem in about_units if "no_unit" not in problem.code]
    assert found == ([(code, severity)] if code else [])
