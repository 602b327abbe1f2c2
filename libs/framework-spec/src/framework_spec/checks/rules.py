"""Checks on the validation rules of a framework: readable, about things that exist, and able to say anything."""

from collections import Counter
from collections.abc import Generator, Iterator

from framework_spec.checks.formulas import expression_findings, unit_findings
from framework_spec.document import Framework
from framework_spec.formulas import Formula, FormulaError, Statement, parse_formula, parse_statement
from framework_spec.problems import Finding, Location
from framework_spec.validation_rules import ChangeRule, ComparisonRule, CompletenessRule, EvidenceRule, RangeRule, Rule


def rule_findings(framework: Framework) -> list[Finding]:
    """Check every rule."""
    times = Counter(rule.id for rule in framework.rules)
    found: list[Finding] = []
    for place, rule in enumerate(framework.rules):
        at: Location = ("rules", place)
        if times[rule.id] > 1:
            message = f"the rule {rule.id!r} stands at {times[rule.id]} places"
            found.append(Finding((*at, "id"), "rule.duplicate_id", message))
        if not any(rule.text.values()):
            found.append(Finding((*at, "text"), "rule.no_text", f"{rule.id}: a rule needs a text for who breaks it"))
        found.extend(_expressions(at, rule, framework))
        found.extend(_limits(at, rule))
        found.extend(_targets(at, rule, framework))
    return found


def _expressions(location: Location, rule: Rule, framework: Framework) -> Iterator[Finding]:
    if rule.when is not None:
        yield from _statement((*location, "when"), rule.id, rule.when, framework)
    if isinstance(rule, ComparisonRule):
        yield from _statement((*location, "check"), rule.id, rule.check, framework)
    if isinstance(rule, RangeRule | ChangeRule):
        formula = yield from _formula((*location, "value"), rule.id, rule.value, framework)
        if isinstance(rule, ChangeRule) and formula and any(offset for _, offset in formula.references):
            message = f"{rule.id}: a change rule looks at year T-1 by itself; write the value of year T only"
            yield Finding((*location, "value"), "rule.year_in_change", message)


def _statement(location: Location, owner: str, text: str, framework: Framework) -> Iterator[Finding]:
    try:
        statement = parse_statement(text)
    except FormulaError as error:
        yield Finding(location, "formula.syntax", f"{owner}: {error}")
        return
    yield from _meaning(location, owner, statement, framework)


def _formula(
    location: Location, owner: str, text: str, framework: Framework
) -> Generator[Finding, None, Formula | None]:
    try:
        formula = parse_formula(text)
    except FormulaError as error:
        yield Finding(location, "formula.syntax", f"{owner}: {error}")
        return None
    yield from _meaning(location, owner, formula, framework)
    return formula


def _meaning(location: Location, owner: str, formula: Formula | Statement, framework: Framework) -> Iterator[Finding]:
    yield from expression_findings(location, owner, formula, framework)
    yield from unit_findings(location, owner, formula, framework)[1]


def _limits(location: Location, rule: Rule) -> Iterator[Finding]:
    if isinstance(rule, RangeRule):
        if rule.minimum is None and rule.maximum is None:
            message = f"{rule.id}: a range needs a minimum or a maximum"
            yield Finding(location, "rule.no_limit", message)
        elif rule.minimum is not None and rule.maximum is not None and rule.minimum > rule.maximum:
            message = f"{rule.id}: the minimum is above the maximum, so every value breaks the rule"
            yield Finding((*location, "minimum"), "rule.empty_range", message)
    if isinstance(rule, ChangeRule) and rule.maximum_rise is None and rule.maximum_fall is None:
        message = f"{rule.id}: a change rule needs maximum_rise or maximum_fall, in percent"
        yield Finding(location, "rule.no_limit", message)


def _targets(location: Location, rule: Rule, framework: Framework) -> Iterator[Finding]:
    if not isinstance(rule, CompletenessRule | EvidenceRule):
        return
    if not rule.inputs and not rule.kpis:
        yield Finding(location, "rule.no_target", f"{rule.id}: name the inputs or KPIs that the rule is about")
    known_kpis = {kpi.code for kpi in framework.kpis()}
    for place, code in enumerate(rule.inputs):
        if code not in framework.inputs_by_code:
            at = (*location, "inputs", place)
            yield Finding(at, "rule.unknown_input", f"{rule.id}: there is no input '{code}'")
    for place, code in enumerate(rule.kpis):
        if code not in known_kpis:
            yield Finding((*location, "kpis", place), "rule.unknown_kpi", f"{rule.id}: there is no KPI '{code}'")
