"""Step 1, KPI values: the formula of each KPI, for all administrations at a time.  # arrays: administrations"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framework_spec.document import Kpi
from framework_spec.formulas import parse_formula
from scoring_engine.data import CycleInputs
from scoring_engine.elementary import Floats
from scoring_engine.states import CLAIMS, State

States = NDArray[np.int8]
Reasons = NDArray[np.object_]


@dataclass(frozen=True)
class KpiValues:
    """The value of a KPI (NaN where none), the reason, and the state, which is SCORED where there is a value."""

    values: Floats
    states: States
    reasons: Reasons


def kpi_values(kpi: Kpi, inputs: CycleInputs) -> KpiValues:
    """Evaluate a formula; a claim takes the KPI out whatever figures were given."""
    size = len(inputs.administrations)
    evaluated = parse_formula(kpi.formula or "").evaluate(inputs.arrays, size)
    states = np.where(evaluated.codes == 0, State.SCORED, State.MISSING).astype(np.int8)
    values, reasons = evaluated.values.copy(), evaluated.reasons.copy()
    for row, claim in inputs.claims_by_kpi.get(kpi.code, ()):
        values[row], states[row], reasons[row] = np.nan, CLAIMS[claim], f"claimed:{claim}"
    return KpiValues(values, states, reasons)
