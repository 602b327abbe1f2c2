"""Warnings of rules: violations of the framework's own rules that ask for a reason."""

from collections.abc import Iterable

from framework_spec.rules import RulePack, Violation
from framework_spec.validation_rules import CompletenessRule, EvidenceRule
from submission_svc.domain.warnings.found import WarningFound


def warnings_of_rules(violations: Iterable[Violation], pack: RulePack) -> list[WarningFound]:
    """A warning for each violation that asks for a reason; a rule that speaks of several things gives one for each."""
    about = {
        rule.id: (rule.inputs, rule.kpis) for rule in pack.rules if isinstance(rule, CompletenessRule | EvidenceRule)
    }
    found: dict[str, WarningFound] = {}
    for each in violations:
        if not each.asks_for_reason:
            continue
        name = f"rule:{each.rule}"
        if each.rule in about:
            name = f"{name}:{_subject(each, *about[each.rule])}"
        found.setdefault(name, WarningFound(name, name, "rule", each.text, each.inputs, each.kpis, each.figures))
    return list(found.values())


def _subject(violation: Violation, inputs: tuple[str, ...], kpis: tuple[str, ...]) -> str:
    """The input or KPI that is incomplete or has no evidence."""
    if len(violation.inputs) == 1 and violation.inputs[0] in inputs:
        return violation.inputs[0]
    return next(code for code in violation.kpis if code in kpis)
