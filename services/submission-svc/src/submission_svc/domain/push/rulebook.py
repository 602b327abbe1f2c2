"""What a framework version asks for in one reporting year, as look-ups that are made once."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from framework_spec.document import Framework
from framework_spec.formulas import parse_formula

MOST_KEPT = 64


class Rule(NamedTuple):
    """What a figure must keep to."""

    minimum: float
    maximum: float
    is_whole: bool


@dataclass(frozen=True)
class Rulebook:
    """`rules` holds exactly the figures that may be pushed, by input and calendar year."""

    rules: dict[tuple[str, int], Rule]
    years: dict[str, tuple[int, ...]]
    kpis: frozenset[str]

    @classmethod
    def of(cls, framework: Framework, reporting_year: int) -> "Rulebook":
        """The look-ups of a framework for a reporting year. An input that no formula uses is taken for that year."""
        years: dict[str, set[int]] = {code: set() for code in framework.inputs_by_code}
        for kpi in framework.kpis():
            references = parse_formula(kpi.formula).references if kpi.formula else frozenset()
            for code, offset in references:
                years[code].add(reporting_year + offset)
        allowed = {code: tuple(sorted(found or {reporting_year}, reverse=True)) for code, found in years.items()}
        rules = {}
        for code, item in framework.inputs_by_code.items():
            rule = Rule(
                -inf if item.minimum is None else item.minimum,
                inf if item.maximum is None else item.maximum,
                item.type == "integer",
            )
            rules.update({(code, year): rule for year in allowed[code]})
        return cls(rules, allowed, frozenset(kpi.code for kpi in framework.kpis()))


class Rulebooks:
    """Rulebooks by framework digest and reporting year. A published version never changes, so they stay true."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Rulebook] = {}

    def get(self, digest: str, reporting_year: int, document: Callable[[], Framework]) -> Rulebook:
        """The rulebook; `document` is asked for only when it is not kept yet."""
        key = (digest, reporting_year)
        rulebook = self._kept.get(key)
        if rulebook is None:
            rulebook = Rulebook.of(document(), reporting_year)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = rulebook
        return rulebook
