"""Evaluation of the rules: all administrations of a cycle at a time, one being the common case.

A rule that lacks a figure it needs says nothing; only completeness and evidence speak about what is absent. Rules in
shadow mode, and rules whose day has not come, run like the others and are marked.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from framework_spec.document import Framework
from framework_spec.formulas import parse_formula, parse_statement
from framework_spec.formulas.evaluation import Floats, Truths
from framework_spec.rules.answers import Answers, Figure, Violation
from framework_spec.rules.pack import RulePack, rule_pack
from framework_spec.rules.presence import missing_answers, missing_evidence
from framework_spec.texts import text
from framework_spec.validation_rules import ChangeRule, ComparisonRule, CompletenessRule, RangeRule, Rule

References = tuple[tuple[str, int], ...]
Lookup = dict[tuple[str, int], Floats]
NOTHING = math.nan


def evaluate_rules(framework: Framework, answers: Answers, on: date, language: str = "en") -> list[Violation]:
    """Tell which rules of a framework the answers do not keep on this day, in the order of the rules."""
    return evaluate_pack(rule_pack(framework), answers, on, language)


def evaluate_pack(pack: RulePack, answers: Answers, on: date, language: str = "en") -> list[Violation]:
    """Tell which rules of a pack the answers do not keep; the same as `evaluate_rules` for its framework."""
    return evaluate_rules_for_all(pack, {"": answers}, on, language)[""]


def evaluate_rules_for_all(
    pack: RulePack, answers: Mapping[str, Answers], on: date, language: str = "en"
) -> dict[str, list[Violation]]:
    """Tell it for many administrations at once; ValueError when they are not of one reporting year."""
    if len({given.reporting_year for given in answers.values()}) > 1:
        raise ValueError("answers of different reporting years cannot be checked together")
    cycle = _Cycle(pack, list(answers.values()))
    found: dict[str, list[Violation]] = {administration: [] for administration in answers}
    names = list(answers)
    for rule in pack.rules:
        for place, inputs, kpis, references, value in cycle.broken(rule):
            figures = cycle.figures(place, references)
            shown = text(rule.text, language) or rule.id
            shadow = rule.is_shadow(on)
            violation = Violation(rule.id, rule.kind, rule.severity, shadow, inputs, kpis, figures, value, shown)
            found[names[place]].append(violation)
    return found


Broken = tuple[int, tuple[str, ...], tuple[str, ...], References, float | None]


class _Cycle:
    def __init__(self, pack: RulePack, answers: list[Answers]) -> None:
        self._pack = pack
        self._answers = answers
        self._arrays: Lookup = {}

    def broken(self, rule: Rule) -> Iterator[Broken]:
        """Give for each violation the administration, the inputs and KPIs, the figures looked at and the value."""
        applies = self._applies(rule)
        if isinstance(rule, RangeRule | ComparisonRule | ChangeRule):
            references, breaks, values = self._limits(rule)
            inputs = tuple(dict.fromkeys(code for code, _ in references))
            by_input = self._pack.kpis_by_input
            kpis = tuple(dict.fromkeys(kpi for code in inputs for kpi in by_input.get(code, ())))
            for place in np.flatnonzero(breaks & applies).tolist():
                value = float(values[place])
                yield place, inputs, kpis, references, None if math.isnan(value) else value
            return
        for place in np.flatnonzero(applies).tolist():
            absent = missing_answers if isinstance(rule, CompletenessRule) else missing_evidence
            for inputs, kpis, references in absent(rule.inputs, rule.kpis, self._answers[place], self._pack):
                yield place, inputs, kpis, references, None

    def figures(self, place: int, references: References) -> tuple[Figure, ...]:
        """Show figures of an administration with their calendar years."""
        year = self._answers[place].reporting_year
        values = [float(self._array(reference)[place]) for reference in references]
        return tuple(
            Figure(code, year + offset, None if math.isnan(value) else value)
            for (code, offset), value in zip(references, values, strict=True)
        )

    def _applies(self, rule: Rule) -> Truths:
        if rule.when is None:
            return np.ones(len(self._answers), dtype=np.bool_)
        statement = parse_statement(rule.when)
        holds, known = statement.evaluate(self._lookup(statement.ordered_references), len(self._answers))
        return holds & known

    def _limits(self, rule: RangeRule | ComparisonRule | ChangeRule) -> tuple[References, Truths, Floats]:
        if isinstance(rule, ComparisonRule):
            statement = parse_statement(rule.check)
            holds, known = statement.evaluate(self._lookup(statement.ordered_references), len(self._answers))
            return statement.ordered_references, known & ~holds, np.full(len(self._answers), NOTHING)
        references = parse_formula(rule.value).ordered_references
        values = self._values(rule.value, 0)
        if isinstance(rule, RangeRule):
            return references, _outside(values, rule.minimum, rule.maximum), values
        before = self._values(rule.value, -1)
        changes, starts = _changes(values, before)
        fall = None if rule.maximum_fall is None else -rule.maximum_fall
        breaks = _outside(changes, fall, rule.maximum_rise)
        if rule.from_zero == "violation":
            breaks = breaks | starts
        earlier = tuple((code, -1) for code, _ in references)
        return (*references, *earlier), breaks, changes

    def _values(self, formula: str, shift: int) -> Floats:
        parsed = parse_formula(formula)
        # Seen from the year before, the figures of T-1 are those of T.
        lookup = {(code, 0): self._array((code, shift)) for code, _ in parsed.ordered_references}
        if shift == 0:
            lookup = self._lookup(parsed.ordered_references)
        return parsed.evaluate(lookup, len(self._answers)).values

    def _lookup(self, references: References) -> Lookup:
        return {reference: self._array(reference) for reference in references}

    def _array(self, reference: tuple[str, int]) -> Floats:
        if reference not in self._arrays:
            code, offset = reference
            given = (answer.figures.get((code, answer.reporting_year + offset)) for answer in self._answers)
            self._arrays[reference] = np.array([NOTHING if value is None else value for value in given], np.float64)
        return self._arrays[reference]


def _outside(values: Floats, low: float | None, high: float | None) -> Truths:
    below = np.zeros(len(values), np.bool_) if low is None else values < low
    return below if high is None else below | (values > high)


def _changes(values: Floats, before: Floats) -> tuple[Floats, Truths]:
    """Give the changes in percent (NaN without a figure, or from 0), and where a value other than 0 came after 0."""
    is_zero = before == 0
    with np.errstate(all="ignore"):
        changes = 100 * (values - before) / np.abs(before)
    return np.where(is_zero, NOTHING, changes), is_zero & ~np.isnan(values) & (values != 0)
