"""Steps 1 to 3 for one KPI, every stage kept.  # arrays: administrations"""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from framework_spec.document import Framework, Kpi
from scoring_engine.comparison import comparison
from scoring_engine.data import CycleInputs
from scoring_engine.elementary import Floats
from scoring_engine.normalisation import normalise
from scoring_engine.states import State
from scoring_engine.transforms import Flags, transform
from scoring_engine.values import KpiValues, Reasons, States, kpi_values

NOTHING_ANSWERED = Fraction(0)
ANSWERED: dict[int, Fraction | None] = {
    State.SCORED: Fraction(1),
    State.NOT_APPLICABLE: None,
    State.CONTEXT_ONLY: None,
}


@dataclass(frozen=True)
class KpiStages:
    """A KPI after every step: value, transformed value, score; with states, reasons, flags and applied parameters."""

    values: Floats
    transformed: Floats
    scores: Floats
    states: States
    reasons: Reasons
    flags: Flags = field(default_factory=dict)
    applied: dict[str, float] = field(default_factory=dict)

    @cached_property
    def answered(self) -> list[Fraction | None]:
        """One where the KPI is scored, none where there is nothing to score, else zero."""
        return [ANSWERED.get(state, NOTHING_ANSWERED) for state in self.states.tolist()]


def score_kpi(kpi: Kpi, framework: Framework, inputs: CycleInputs) -> KpiStages:
    """Take a KPI from inputs to scores."""
    valued = kpi_values(kpi, inputs)
    if kpi.is_context:
        states = np.full_like(valued.states, State.CONTEXT_ONLY)
        nothing = np.full_like(valued.values, np.nan)
        return KpiStages(valued.values, nothing, nothing, states, valued.reasons)
    return _scored(kpi, framework, inputs, valued)


def _scored(kpi: Kpi, framework: Framework, inputs: CycleInputs, valued: KpiValues) -> KpiStages:
    if kpi.scoring is None:
        raise ValueError(f"{kpi.code} has no scoring rule")
    moved = transform(valued.values, kpi.scoring)
    compared = comparison(moved.values, kpi.scoring, inputs.administrations)
    normalised = normalise(moved.values, kpi, framework.scale, compared)
    states, reasons = valued.states.copy(), valued.reasons.copy()
    for step, reason in ((moved.values, moved.reason), (normalised.scores, normalised.reason)):
        failed = (states == State.SCORED) & ~np.isfinite(step)
        states[failed], reasons[failed] = State.MISSING, reason
    scores = np.where(states == State.SCORED, normalised.scores, np.nan) + 0.0
    flags = {**moved.flags, **normalised.flags}
    return KpiStages(valued.values, moved.values, scores, states, reasons, flags, normalised.applied)
