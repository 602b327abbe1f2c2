"""What the KPIs of a content come to, by the formulas of the framework; no scores."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from framework_spec.document import Framework, Kpi
from framework_spec.formulas import parse_formula
from framework_spec.parts import Breakdown
from submission_svc.domain.content import Content

Figures = Mapping[tuple[str, int], float]


def kpi_values(framework: Framework, reporting_year: int, content: Content) -> list[dict[str, Any]]:
    """The KPIs in document order: code, state, value, the reason where there is none, and breakdowns.

    `state` is answered, missing, not_applicable or opted_out.
    """
    figures = {(each.input, each.year): each.value for each in content.answers if each.value is not None}
    claims = {claim.kpi: claim.state for claim in content.standing_claims}
    return [_shown(kpi, claims.get(kpi.code), figures, reporting_year) for kpi in framework.kpis()]


def _shown(kpi: Kpi, claim: str | None, figures: Figures, year: int) -> dict[str, Any]:
    value, reason = (None, None) if claim else _value(kpi.formula, figures, year)
    parts = [] if claim else [part for part in kpi.breakdowns if isinstance(part, Breakdown) and part.formula]
    return {
        "code": kpi.code,
        "state": claim or ("missing" if value is None else "answered"),
        "value": value,
        "reason": reason,
        "breakdowns": [_part(part, figures, year) for part in parts],
    }


def _part(part: Breakdown, figures: Figures, year: int) -> dict[str, Any]:
    value, reason = _value(part.formula, figures, year)
    return {"code": part.code, "value": value, "reason": reason}


def _value(formula: str | None, figures: Figures, year: int) -> tuple[float | None, str | None]:
    if formula is None:
        return None, "no_formula"
    parsed = parse_formula(formula)
    lookup = {
        (code, offset): np.array([figures.get((code, year + offset), math.nan)])
        for code, offset in parsed.ordered_references
    }
    evaluated = parsed.evaluate(lookup, 1)
    value = float(evaluated.values[0])
    return (None, str(evaluated.reasons[0])) if math.isnan(value) else (value, None)
