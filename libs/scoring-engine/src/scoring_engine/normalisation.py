"""Step 3, normalisation: from transformed values to scores on the scale of the framework.  # arrays: administrations

Each normalisation places a value on the way from the worst (0) to the best (1); the place is cut as declared and then
carried to the scale. Z-scores, steps and identity give scores directly. docs/method.md has the formulas.
"""

import math
from dataclasses import dataclass, field

import numpy as np

from framework_spec.document import Kpi, Scale, Scoring
from scoring_engine.comparison import Comparison, deviations, share_between
from scoring_engine.elementary import Floats
from scoring_engine.transforms import Flags, transform_point


@dataclass(frozen=True)
class Normalised:
    """Scores (NaN where none), the reason where a value has no score, flags, and the parameters that were applied."""

    scores: Floats
    reason: str | None = None
    flags: Flags = field(default_factory=dict)
    applied: dict[str, float] = field(default_factory=dict)


def normalise(values: Floats, kpi: Kpi, scale: Scale, compared: Comparison) -> Normalised:
    """Score the transformed values of a KPI."""
    scoring = kpi.scoring
    if scoring is None:
        raise ValueError(f"{kpi.code} has no scoring rule")
    higher = kpi.direction != "lower_is_better"
    match scoring.normalisation:
        case "identity":
            return identity(values, scoring)
        case "steps":
            return steps(values, scoring, scale, higher)
        case "z_score":
            return z_score(values, scoring, scale, compared, higher)
        case "rank":
            return rank(values, scoring, scale, compared, higher)
        case "percentile_rank":
            return percentile_rank(values, scoring, scale, compared, higher)
        case _:
            worst, best = ends(scoring, compared, higher)
            return between(values, worst, best, scoring, scale, higher)


def ends(scoring: Scoring, compared: Comparison, higher: bool) -> tuple[float, float]:
    """Give the worst and the best value, on the transformed scale; NaN where the comparison set has none."""
    low, high = compared.minimum, compared.maximum
    declared = _declared_ends(scoring, higher)
    worst_seen, best_seen = (low, high) if higher else (high, low)
    worst = worst_seen if math.isnan(declared[0]) else declared[0]
    match scoring.normalisation:
        case "goalposts":
            return declared
        case "min_max":
            return worst_seen, best_seen
        case "fraction_of_maximum":
            return (0.0, high) if higher else (high, 0.0)
        case "distance_to_best":
            return worst, best_seen
        case "distance_to_reference":
            return worst, compared.reference
        case _:
            target = scoring.target
            return worst, math.nan if target is None else transform_point(target, scoring)


def _declared_ends(scoring: Scoring, higher: bool) -> tuple[float, float]:
    points = [point for point in (scoring.lower, scoring.upper) if point is not None]
    moved = sorted(transform_point(point, scoring) for point in points)
    if len(moved) == 2:
        return (moved[0], moved[1]) if higher else (moved[1], moved[0])
    if len(moved) == 1 and (scoring.lower is not None) == higher:
        return moved[0], math.nan
    return math.nan, math.nan


def between(values: Floats, worst: float, best: float, scoring: Scoring, scale: Scale, higher: bool) -> Normalised:
    """Score by the way from the worst to the best value."""
    applied = {"worst": worst, "best": best}
    nowhere = np.full_like(values, np.nan)
    if math.isnan(worst) or math.isnan(best):
        return Normalised(nowhere, "no_comparison_value")
    if worst == best:
        return _without_range(values, scoring, scale, applied)
    if (best > worst) != higher:
        return Normalised(nowhere, "best_not_better_than_worst", applied=applied)
    return carried(share_between(values, worst, best), scoring, scale, applied)


def carried(places: Floats, scoring: Scoring, scale: Scale, applied: dict[str, float]) -> Normalised:
    """Cut places on the way (0 to 1) as declared, and carry them to the scale; both ends are met exactly."""
    cut = scoring.effective_cut
    below, above = places < 0, places > 1
    if cut in ("both", "lower"):
        places = np.where(below, 0.0, places)
    if cut in ("both", "upper"):
        places = np.where(above, 1.0, places)
    cut_low, cut_high = below & (cut in ("both", "lower")), above & (cut in ("both", "upper"))
    flags = {"cut_lower": cut_low, "cut_upper": cut_high, "outside_goalposts": (below & ~cut_low) | (above & ~cut_high)}
    scores = scale.lower * (1 - places) + scale.upper * places
    return Normalised(scores, "non_finite", flags, applied)


def z_score(values: Floats, scoring: Scoring, scale: Scale, compared: Comparison, higher: bool) -> Normalised:
    """Score by standard deviations from the mean: centre + spread * z; centre 0 and spread 1 unless declared."""
    applied = {"mean": compared.mean, "standard_deviation": compared.standard_deviation}
    if math.isnan(compared.mean) or math.isnan(compared.standard_deviation):
        return Normalised(np.full_like(values, np.nan), "no_comparison_value")
    if compared.standard_deviation == 0:
        return _without_range(values, scoring, scale, applied)
    distance = deviations(values, compared.mean, compared.standard_deviation)
    centre = 0.0 if scoring.centre is None else scoring.centre
    spread = 1.0 if scoring.spread is None else scoring.spread
    scores = centre + spread * (distance if higher else -distance)
    return _cut_to(scores, scoring, scale.lower, scale.upper, applied)


def rank(values: Floats, scoring: Scoring, scale: Scale, compared: Comparison, higher: bool) -> Normalised:
    """Score by the average rank among this cycle's n values: (rank - 1) / (n - 1), the worst being rank 1."""
    count = len(compared.values)
    if count < 2:
        return _without_range(values, scoring, scale, {})
    worse, equal = _worse_and_equal(values, compared.values, higher)
    return carried((worse + (equal - 1) / 2) / (count - 1), scoring, scale, {})


def percentile_rank(values: Floats, scoring: Scoring, scale: Scale, compared: Comparison, higher: bool) -> Normalised:
    """Score by the share of the comparison set that is worse, counting equal values half."""
    count = len(compared.values)
    if count == 0:
        return Normalised(np.full_like(values, np.nan), "no_comparison_value")
    worse, equal = _worse_and_equal(values, compared.values, higher)
    return carried((worse + equal / 2) / count, scoring, scale, {})


def _worse_and_equal(values: Floats, ordered: Floats, higher: bool) -> tuple[Floats, Floats]:
    left = np.searchsorted(ordered, values, side="left").astype(np.float64)
    right = np.searchsorted(ordered, values, side="right").astype(np.float64)
    worse = left if higher else len(ordered) - right
    missing = np.isnan(values)
    return np.where(missing, np.nan, worse), np.where(missing, np.nan, right - left)


def steps(values: Floats, scoring: Scoring, scale: Scale, higher: bool) -> Normalised:
    """Score by the points of the best step reached; before the first step `lower`, or the lower end of the scale."""
    base = scale.lower if scoring.lower is None else scoring.lower
    scores = np.where(np.isnan(values), np.nan, base)
    for step in sorted(scoring.steps or (), key=lambda step: step.from_, reverse=not higher):
        reached = values >= step.from_ if higher else values <= step.from_
        scores = np.where(reached, step.points, scores)
    return Normalised(scores)


def identity(values: Floats, scoring: Scoring) -> Normalised:
    """Take the value as the score; cut at `lower` and `upper` where these and a cut are declared."""
    lower = -math.inf if scoring.lower is None else scoring.lower
    upper = math.inf if scoring.upper is None else scoring.upper
    return _cut_to(values, scoring, lower, upper, {})


def _cut_to(scores: Floats, scoring: Scoring, lower: float, upper: float, applied: dict[str, float]) -> Normalised:
    cut = scoring.effective_cut
    below, above = scores < lower, scores > upper
    low, high = below & (cut in ("both", "lower")), above & (cut in ("both", "upper"))
    scores = np.where(low, lower, np.where(high, upper, scores))
    return Normalised(scores, "non_finite", {"cut_lower": low, "cut_upper": high}, applied)


def _without_range(values: Floats, scoring: Scoring, scale: Scale, applied: dict[str, float]) -> Normalised:
    if scoring.zero_range == "missing":
        return Normalised(np.full_like(values, np.nan), "zero_range", applied=applied)
    middle = scale.lower / 2 + scale.upper / 2
    present = ~np.isnan(values)
    return Normalised(np.where(present, middle, np.nan), None, {"zero_range": present}, applied)
