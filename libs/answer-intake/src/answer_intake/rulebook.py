"""What a rule pack asks for in one reporting year, as look-ups that are made once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from framework_spec.formulas import parse_formula, parse_statement
from framework_spec.rules import RulePack
from framework_spec.validation_rules import (
    ChangeRule,
    ComparisonRule,
    CompletenessRule,
    EvidenceRule,
    RangeRule,
    Rule,
)

MOST_KEPT = 64
LARGEST = sys.float_info.max  # so that no figure is infinite, whatever its input allows


class Bounds(NamedTuple):
    """What a figure must keep to, ends included."""

    minimum: float
    maximum: float
    is_whole: bool


@dataclass(frozen=True)
class Rulebook:
    """What may be said in a file of answers.

    `rules` holds exactly the figures that may be given, by input and calendar year; `years` the calendar years of
    each input, latest first; `claims` the claims that each KPI allows; `fiscal` the inputs for which a figure of a
    fiscal year is taken; `pack` is what all of it was made from.
    """

    reporting_year: int
    rules: Mapping[tuple[str, int], Bounds]
    years: Mapping[str, tuple[int, ...]]
    claims: Mapping[str, tuple[str, ...]]
    fiscal: frozenset[str]
    pack: RulePack

    @classmethod
    def of(cls, pack: RulePack, reporting_year: int) -> Rulebook:
        """The look-ups of a pack.

        An input may be given for the years that it declares, that formulas use and that rules look at; for the
        reporting year when there are none.
        """
        offsets: dict[str, set[int]] = {item.code: set() for item in pack.inputs}
        for item in pack.inputs:
            offsets[item.code].update(0 if year == "T" else -1 for year in item.years)
        for code, offset in _references(pack):
            offsets[code].add(offset)
        years = {
            code: tuple(reporting_year + offset for offset in sorted(found or {0}, reverse=True))
            for code, found in offsets.items()
        }
        rules = {
            (item.code, year): Bounds(
                -LARGEST if item.minimum is None else item.minimum,
                LARGEST if item.maximum is None else item.maximum,
                item.type == "integer",
            )
            for item in pack.inputs
            for year in years[item.code]
        }
        claims = {kpi.code: tuple(kpi.claims) for kpi in pack.kpis}
        fiscal = frozenset(item.code for item in pack.inputs if item.fiscal_year == "allowed")
        return cls(reporting_year, rules, years, claims, fiscal, pack)


class Rulebooks:
    """Rulebooks by framework digest and reporting year. A published version never changes, so they stay true."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Rulebook] = {}

    def get(self, digest: str, reporting_year: int, pack: Callable[[], RulePack]) -> Rulebook:
        """The rulebook; `pack` is asked for only when it is not kept yet."""
        key = (digest, reporting_year)
        rulebook = self._kept.get(key)
        if rulebook is None:
            rulebook = Rulebook.of(pack(), reporting_year)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = rulebook
        return rulebook


def _references(pack: RulePack) -> Iterator[tuple[str, int]]:
    """The inputs that the pack looks at, with the year it looks at: 0 for T, -1 for T-1."""
    for kpi in pack.kpis:
        if kpi.formula:
            yield from parse_formula(kpi.formula).ordered_references
    for rule in pack.rules:
        if rule.when is not None:
            yield from parse_statement(rule.when).ordered_references
        yield from _looked_at(rule)


def _looked_at(rule: Rule) -> Iterator[tuple[str, int]]:
    match rule:
        case ComparisonRule():
            yield from parse_statement(rule.check).ordered_references
        case RangeRule():
            yield from parse_formula(rule.value).ordered_references
        case ChangeRule():
            for code, _ in parse_formula(rule.value).ordered_references:
                yield from ((code, 0), (code, -1))
        case CompletenessRule() | EvidenceRule():
            yield from ((code, 0) for code in rule.inputs)
