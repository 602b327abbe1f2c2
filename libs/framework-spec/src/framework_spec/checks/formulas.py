"""Checks on the formulas of KPIs and breakdowns: readable, known inputs, no division by zero, units that agree."""

from collections.abc import Iterator
from dataclasses import dataclass

from framework_spec.checks.located import LocatedNodes
from framework_spec.checks.suggesting import closest
from framework_spec.document import Breakdown, Framework, Kpi
from framework_spec.formulas import Formula, FormulaError, Statement, parse_formula
from framework_spec.formulas.formula import constant_value, walk
from framework_spec.formulas.tree import Binary, Reference
from framework_spec.formulas.unit_check import unit_issues
from framework_spec.formulas.units import Measured, Quantity, agrees, in_words, is_in_whole_units
from framework_spec.parts import Unit
from framework_spec.problems import Finding, Location


@dataclass(frozen=True)
class _Written:
    """A formula where it stands, with the unit declared beside it."""

    location: Location
    owner: str
    text: str
    unit: Unit | None


def formula_findings(framework: Framework, nodes: LocatedNodes) -> list[Finding]:
    """Check the formula of every KPI and breakdown that has one."""
    return [finding for written in _all_written(nodes) for finding in _checked(written, framework)]


def expression_findings(
    location: Location, owner: str, formula: Formula | Statement, framework: Framework
) -> Iterator[Finding]:
    """Check what a formula or a comparison refers to, its divisors and its years."""
    for node in walk(formula.tree):
        if isinstance(node, Binary) and node.operator == "/" and constant_value(node.right) == 0:
            message = f"{owner}: division by zero always (character {node.position})"
            yield Finding(location, "formula.zero_divisor", message)
    references = [node for node in walk(formula.tree) if isinstance(node, Reference)]
    for node in dict.fromkeys(references):  # equal wherever they stand, so each is told once
        yield from _reference(location, owner, node, framework)
    if not references:
        yield Finding(location, "formula.no_input", f"{owner}: the formula uses no input")


def unit_findings(
    location: Location, owner: str, formula: Formula | Statement, framework: Framework
) -> tuple[Quantity, list[Finding]]:
    """Check that the units inside a formula go together; the first value is the unit it comes to."""
    found, issues = unit_issues(formula.tree, framework.inputs_by_code)
    findings = [
        Finding(location, issue.code, f"{owner}: {issue.message} (character {issue.position})", issue.severity)
        for issue in issues
    ]
    return found, findings


def _all_written(nodes: LocatedNodes) -> Iterator[_Written]:
    for location, node in nodes:
        if not isinstance(node, Kpi):
            continue
        if node.formula is not None:
            yield _Written((*location, "formula"), node.code, node.formula, node.unit)
        for place, part in enumerate(node.breakdowns):
            if isinstance(part, Breakdown) and part.formula is not None:
                at = (*location, "breakdowns", place, "formula")
                yield _Written(at, f"{node.code}, {part.code}", part.formula, part.unit)


def _checked(written: _Written, framework: Framework) -> Iterator[Finding]:
    try:
        formula = parse_formula(written.text)
    except FormulaError as error:
        yield Finding(written.location, "formula.syntax", f"{written.owner}: {error}")
        return
    yield from expression_findings(written.location, written.owner, formula, framework)
    found, issues = unit_findings(written.location, written.owner, formula, framework)
    yield from issues
    if not any(issue.severity == "error" for issue in issues):
        yield from _declared(written, found)


def _reference(location: Location, owner: str, node: Reference, framework: Framework) -> Iterator[Finding]:
    item = framework.inputs_by_code.get(node.code)
    year = "T" if node.offset == 0 else "T-1"
    if item is None:
        close = closest(node.code, framework.inputs_by_code)
        hint = f"; did you mean {close}?" if close else ""
        message = f"{owner}: there is no input '{node.code}' (character {node.position}){hint}"
        yield Finding(location, "formula.unknown_input", message)
    elif item.years and year not in item.years:
        message = f"{owner}: {node.code} is not asked for year {year} (character {node.position}); see its 'years'"
        yield Finding(location, "formula.year_not_asked", message)


def _declared(written: _Written, found: Quantity) -> Iterator[Finding]:
    if written.unit is None or not isinstance(found, Measured):
        return
    at = (*written.location[:-1], "unit")
    if not agrees(written.unit, found):
        message = f"{written.owner}: the formula gives {in_words(found)}, but the unit is {written.unit}"
        yield Finding(at, "kpi.unit_disagrees", f"{message}{_advice(written.unit, found)}")
    elif not is_in_whole_units(written.unit, found):
        message = f"{written.owner}: the formula multiplies the {written.unit} by {found.scale:g}"
        yield Finding(at, "kpi.unit_scaled", f"{message}; the unit cannot say so", "warning")
    elif written.unit == "number":
        message = f"{written.owner}: the formula gives {in_words(found)}; a unit that says so is checked and shown"
        yield Finding(at, "kpi.unit_vague", message, "warning")


def _advice(unit: Unit, found: Measured) -> str:
    if found.dimensions or unit not in ("share", "percent"):
        return ""
    return "; a share lies between 0 and 1, a percentage is 100 * a share"
