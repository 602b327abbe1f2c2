"""What goes into a score run: the answers and claims of all administrations for one reporting year."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from framework_spec.document import Framework
from framework_spec.formulas import parse_formula
from scoring_engine.elementary import Floats

Claim = Literal["not_applicable", "opted_out"]


class InputRefusedError(ValueError):
    """An answer or a claim that no score may be built on; the message names it."""


@dataclass(frozen=True)
class AdministrationInputs:
    """The figures of one administration by (input code, calendar year), its claims by KPI code, its group if any.

    `fiscal` names those figures that are of a fiscal year, not of the calendar year; no score depends on it.
    """

    answers: Mapping[tuple[str, int], float] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    group: str | None = None
    fiscal: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True)
class CycleInputs:
    """The inputs of a cycle; administrations are sorted by code, so the order in which they came never matters."""

    reporting_year: int
    administrations: tuple[str, ...]
    of: Mapping[str, AdministrationInputs]
    references: tuple[tuple[str, int], ...]

    @classmethod
    def build(
        cls, framework: Framework, reporting_year: int, inputs: Mapping[str, AdministrationInputs]
    ) -> CycleInputs:
        """Check and sort the inputs; InputRefusedError names an unknown code or a figure that is no finite number."""
        kpis = {kpi.code for kpi in framework.kpis()}
        for administration, given in inputs.items():
            _check_answers(framework, administration, given)
            for code, claim in given.claims.items():
                if code not in kpis:
                    raise InputRefusedError(f"{administration}: the claim is about {code!r}, which is no KPI")
                if claim not in ("not_applicable", "opted_out"):
                    raise InputRefusedError(f"{administration}: {code} has the unknown claim {claim!r}")
        order = tuple(sorted(inputs))
        return cls(reporting_year, order, {code: inputs[code] for code in order}, used_references(framework))

    @cached_property
    def arrays(self) -> dict[tuple[str, int], Floats]:
        """The figures by (input code, year offset), one entry an administration, NaN where missing."""
        return {reference: self._array(*reference) for reference in self.references}

    @cached_property
    def claims_by_kpi(self) -> dict[str, list[tuple[int, Claim]]]:
        """The claims on each KPI, as (row of the administration, claim)."""
        found: dict[str, list[tuple[int, Claim]]] = {}
        for row, administration in enumerate(self.administrations):
            for code, claim in self.of[administration].claims.items():
                found.setdefault(code, []).append((row, claim))
        return found

    def _array(self, code: str, offset: int) -> Floats:
        year = self.reporting_year + offset
        given = (self.of[administration].answers.get((code, year), math.nan) for administration in self.administrations)
        return np.array([float(value) for value in given], dtype=np.float64)


def used_references(framework: Framework) -> tuple[tuple[str, int], ...]:
    """Give the (input code, year offset) pairs that the formulas of a framework use, sorted."""
    formulas = (kpi.formula for kpi in framework.kpis() if kpi.formula is not None)
    return tuple(sorted({reference for text in formulas for reference in parse_formula(text).references}))


def _check_answers(framework: Framework, administration: str, given: AdministrationInputs) -> None:
    for (code, year), value in given.answers.items():
        if code not in framework.inputs_by_code:
            raise InputRefusedError(f"{administration}: there is no input {code!r} in the framework")
        try:
            finite = not isinstance(value, bool | str) and math.isfinite(value)
        except (TypeError, OverflowError):
            finite = False
        if not finite:
            raise InputRefusedError(f"{administration}: {code} of {year} is not a finite number: {value!r}")
