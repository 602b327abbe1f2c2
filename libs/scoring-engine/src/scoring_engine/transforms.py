"""Step 2, transforms of KPI values: none, logarithm, square root, winsorising.  # arrays: administrations"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from framework_spec.document import Scoring, Winsorise
from scoring_engine.elementary import Floats, ln

Flags = dict[str, NDArray[np.bool_]]


@dataclass(frozen=True)
class Transformed:
    """Transformed values (NaN where impossible), the one reason that can arise, and flags."""

    values: Floats
    reason: str | None = None
    flags: Flags = field(default_factory=dict)


def transform(values: Floats, scoring: Scoring) -> Transformed:
    """Transform the values of a KPI; the same function moves its goalposts, so both stay on one scale."""
    match scoring.transform:
        case "log":
            return Transformed(ln(values + scoring.offset), "log_of_non_positive")
        case "sqrt":
            shifted = values + scoring.offset
            return Transformed(np.sqrt(np.where(shifted >= 0, shifted, np.nan)), "root_of_negative")
        case "winsorise":
            return winsorise(values, scoring.winsorise or Winsorise())
        case _:
            return Transformed(values)


def winsorise(values: Floats, rule: Winsorise) -> Transformed:
    """Pull the lowest and highest values to the next one; refuse, with a flag, when that would flatten the KPI."""
    present = ~np.isnan(values)
    ordered = np.sort(values[present])
    if _too_poor(ordered, rule):
        return Transformed(values, flags={"winsorise_refused": present})
    low, high = ordered[rule.low], ordered[len(ordered) - 1 - rule.high]
    moved = present & ((values < low) | (values > high))
    return Transformed(np.where(moved, np.clip(values, low, high), values), flags={"winsorised": moved})


def _too_poor(ordered: Floats, rule: Winsorise) -> bool:
    if len(np.unique(ordered)) < rule.minimum_distinct or rule.low + rule.high >= len(ordered):
        return True
    kept = ordered[rule.low : len(ordered) - rule.high]
    return bool(kept[0] == kept[-1])


def transform_point(value: float, scoring: Scoring) -> float:
    """Transform one goalpost; winsorising never moves a goalpost."""
    if scoring.transform in ("none", "winsorise"):
        return value
    return float(transform(np.array([value], dtype=np.float64), scoring).values[0])
