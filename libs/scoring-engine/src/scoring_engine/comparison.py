"""The comparison set of a KPI: this cycle's values, or parameters stored in the framework."""

import math
from dataclasses import dataclass

import numpy as np

from framework_spec.document import Scoring
from scoring_engine.elementary import Floats
from scoring_engine.transforms import transform_point


@dataclass(frozen=True)
class Comparison:
    """What a normalisation may take from the comparison set, on the transformed scale; NaN where unknown.

    `values` is sorted and without gaps. The mean and the standard deviation (n - 1) are there for z-scores only.
    """

    values: Floats
    minimum: float
    maximum: float
    mean: float
    standard_deviation: float
    reference: float


def comparison(transformed: Floats, scoring: Scoring, administrations: tuple[str, ...]) -> Comparison:
    """Build the comparison set that the scoring rule names."""
    if scoring.comparison == "stored":
        return _stored(scoring)
    if not scoring.needs_sample:
        return Comparison(np.empty(0), math.nan, math.nan, math.nan, math.nan, math.nan)
    values = np.sort(transformed[~np.isnan(transformed)])
    reference = math.nan
    if scoring.reference in administrations:
        reference = float(transformed[administrations.index(scoring.reference)])
    if len(values) == 0:
        return Comparison(values, math.nan, math.nan, math.nan, math.nan, reference)
    minimum, maximum = float(values[0]), float(values[-1])
    mean, deviation = _moments(values) if scoring.normalisation == "z_score" else (math.nan, math.nan)
    return Comparison(values, minimum, maximum, mean, deviation, reference)


def _stored(scoring: Scoring) -> Comparison:
    stored = scoring.parameters
    minimum, maximum, mean = (_point(getattr(stored, name, None), scoring) for name in ("minimum", "maximum", "mean"))
    given = stored.values if stored is not None and stored.values is not None else ()
    values = np.sort(np.array([_point(value, scoring) for value in given], dtype=np.float64))
    spread = getattr(stored, "standard_deviation", None)
    reference = _point(getattr(stored, "reference", None), scoring)
    deviation = math.nan if spread is None else float(spread)
    return Comparison(values, minimum, maximum, mean, deviation, reference)


def _point(value: float | None, scoring: Scoring) -> float:
    return math.nan if value is None else transform_point(value, scoring)


def _moments(values: Floats) -> tuple[float, float]:
    """Mean and sample standard deviation, taken on the unit interval so that nothing overflows or cancels early."""
    minimum, maximum = float(values[0]), float(values[-1])
    if len(values) < 2 or minimum == maximum:
        return minimum, 0.0
    shares = share_between(values, minimum, maximum).tolist()
    mean = math.fsum(shares) / len(shares)
    variance = math.fsum((share - mean) ** 2 for share in shares) / (len(shares) - 1)
    width = maximum / 2 - minimum / 2
    return minimum + 2 * (mean * width), 2 * (math.sqrt(variance) * width)


def share_between(values: Floats, start: float, end: float) -> Floats:
    """Say how far values have come from start (0) to end (1); halves first, so that the difference cannot overflow."""
    if max(abs(start), abs(end)) > 1e300:
        values, start, end = values / 4, start / 4, end / 4
    with np.errstate(over="ignore", invalid="ignore"):
        return (values - start) / (end - start)


def deviations(values: Floats, mean: float, standard_deviation: float) -> Floats:
    """Say how many standard deviations values lie above the mean; quarters first where differences could overflow."""
    factor = 0.25 if max(abs(mean), standard_deviation) > 1e300 else 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        return (values * factor - mean * factor) / (standard_deviation * factor)
