"""Checks on the formulas of KPIs: readable, known inputs, no division by what is always zero."""

from collections.abc import Iterator
from difflib import get_close_matches

from framework_spec.checks.located import LocatedNodes
from framework_spec.document import Framework, Kpi
from framework_spec.formulas import Formula, FormulaError, parse_formula
from framework_spec.formulas.formula import constant_value, walk
from framework_spec.formulas.tree import Binary
from framework_spec.problems import Finding, Location


def formula_findings(framework: Framework, nodes: LocatedNodes) -> list[Finding]:
    """Check the formula of every KPI that has one."""
    found: list[Finding] = []
    for location, node in nodes:
        if isinstance(node, Kpi) and node.formula is not None:
            found.extend(_kpi((*location, "formula"), node, node.formula, framework))
    return found


def _kpi(location: Location, kpi: Kpi, text: str, framework: Framework) -> Iterator[Finding]:
    try:
        formula = parse_formula(text)
    except FormulaError as error:
        yield Finding(location, "formula.syntax", f"{kpi.code}: {error}")
        return
    yield from _inputs(location, kpi, formula, framework)
    for node in walk(formula.tree):
        if isinstance(node, Binary) and node.operator == "/" and constant_value(node.right) == 0:
            message = f"{kpi.code}: division by zero always (character {node.position})"
            yield Finding(location, "formula.zero_divisor", message)


def _inputs(location: Location, kpi: Kpi, formula: Formula, framework: Framework) -> Iterator[Finding]:
    known = framework.inputs_by_code
    if not formula.references:
        yield Finding(location, "formula.no_input", f"{kpi.code}: the formula uses no input")
    for code in dict.fromkeys(code for code, _ in formula.ordered_references):
        if code not in known:
            close = get_close_matches(code, known, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            position = formula.text.find(code) + 1
            message = f"{kpi.code}: there is no input '{code}' (character {position}){hint}"
            yield Finding(location, "formula.unknown_input", message)
