"""Advice to the author: what a framework can be published without, but not well."""

from collections.abc import Callable, Iterator

from framework_spec.checks.located import LocatedNodes
from framework_spec.codes import survives_spreadsheets
from framework_spec.document import Breakdown, Framework, Kpi
from framework_spec.formulas import Formula, FormulaError, Statement, parse_formula, parse_statement
from framework_spec.language_gaps import language_gaps
from framework_spec.problems import Finding, Location
from framework_spec.validation_rules import ChangeRule, ComparisonRule, CompletenessRule, EvidenceRule, RangeRule


def advice_findings(framework: Framework, nodes: LocatedNodes) -> list[Finding]:
    """Give all advice, as warnings."""
    found = [*_codes(framework, nodes), *_languages(framework)]
    if framework.purpose == "scoring":
        found += [*_inputs(framework), *_unused(framework), *_kpis(nodes)]
    return found


def _codes(framework: Framework, nodes: LocatedNodes) -> Iterator[Finding]:
    codes: list[tuple[Location, str]] = [((*location, "code"), node.code) for location, node in nodes]
    codes += [(("inputs", place, "code"), item.code) for place, item in enumerate(framework.inputs)]
    for location, code in codes:
        if not survives_spreadsheets(code):
            message = f"the code {code!r} will be changed by spreadsheets that take it for a date or a missing value"
            yield Finding(location, "code.spreadsheet", message, "warning")


def _languages(framework: Framework) -> Iterator[Finding]:
    for gap in language_gaps(framework):
        message = f"{gap.code or framework.code}: the text has not been written in {', '.join(gap.languages)}"
        yield Finding(gap.location, "text.missing_language", message, "warning")


def _inputs(framework: Framework) -> Iterator[Finding]:
    for place, item in enumerate(framework.inputs):
        at: Location = ("inputs", place)
        if not item.name:
            yield Finding(at, "input.no_name", f"{item.code}: an input without a name cannot be asked for", "warning")
        if item.unit is None:
            message = f"{item.code}: without a unit formulas with it cannot be checked"
            yield Finding(at, "input.no_unit", message, "warning")
        if item.unit == "currency" and item.currency is None:
            message = f"{item.code}: no currency is named, so the national one is taken"
            yield Finding(at, "input.no_currency", message, "warning")


def _kpis(nodes: LocatedNodes) -> Iterator[Finding]:
    for location, node in nodes:
        if isinstance(node, Kpi):
            for field in ("unit", "definition"):
                if not getattr(node, field):
                    yield Finding(location, f"kpi.no_{field}", f"{node.code}: there is no {field}", "warning")


def _unused(framework: Framework) -> Iterator[Finding]:
    used = _used_codes(framework)
    for place, item in enumerate(framework.inputs):
        if item.code not in used:
            message = f"{item.code}: no formula and no rule uses it"
            yield Finding(("inputs", place), "input.unused", message, "warning")


def _used_codes(framework: Framework) -> set[str]:
    formulas = [kpi.formula for kpi in framework.kpis()]
    formulas += [part.formula for kpi in framework.kpis() for part in kpi.breakdowns if isinstance(part, Breakdown)]
    formulas += [rule.value for rule in framework.rules if isinstance(rule, RangeRule | ChangeRule)]
    statements = [rule.when for rule in framework.rules]
    statements += [rule.check for rule in framework.rules if isinstance(rule, ComparisonRule)]
    used: set[str] = set()
    for rule in framework.rules:
        if isinstance(rule, CompletenessRule | EvidenceRule):
            used.update(rule.inputs)
    for text in formulas:
        used.update(_references(parse_formula, text))
    for text in statements:
        used.update(_references(parse_statement, text))
    return used


def _references(parse: Callable[[str], Formula | Statement], text: str | None) -> set[str]:
    try:
        return {code for code, _ in parse(text).ordered_references} if text else set()
    except FormulaError:
        return set()
