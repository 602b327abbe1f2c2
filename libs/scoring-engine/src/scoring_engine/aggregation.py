"""Step 5, aggregation: the score of a node and the contribution of each child.  # arrays: administrations x children

Children are summed one after the other in the order of their codes, never by a matrix product, so that the result does
not depend on the order of the document or on the machine. Absent children are NaN and have share 0.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from framework_spec.document import Aggregation
from scoring_engine.elementary import Floats, exp, ln, power
from scoring_engine.proportions import whole_weights

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Aggregated:
    """Scores by administration; contributions and binding children by administration and child."""

    scores: Floats
    contributions: Floats
    binding: Mask


def effective_weights(weights: Sequence[Fraction], present: Mask) -> Floats:
    """Share the weight among the children that are present; rows without any weight are all zero."""
    rows: dict[bytes, list[float]] = {}
    whole = whole_weights(weights)
    return np.array([_row(whole, row, rows) for row in present], dtype=np.float64).reshape(present.shape)


def _row(weights: Sequence[int], present: Mask, rows: dict[bytes, list[float]]) -> list[float]:
    key = present.tobytes()
    if key not in rows:
        used = [weight if here else 0 for weight, here in zip(weights, present.tolist(), strict=True)]
        total = sum(used)
        # Python divides whole numbers of any size to the nearest float.
        rows[key] = [weight / total if total else 0.0 for weight in used]
    return rows[key]


def aggregate(rule: Aggregation, scores: Floats, shares: Floats) -> Aggregated:
    """Aggregate children; scores that are not finite come out as NaN."""
    if rule.method == "weakest_link":
        return weakest_link(scores, shares)
    if rule.method in ("ordinal_m1", "ordinal_m2"):
        raise ValueError("grades are aggregated by the ordinal tables")
    forward, backward = _scales(rule)
    used = shares > 0
    contributions = np.where(used, shares * forward(np.where(used, scores, 1.0)), 0.0)
    means = backward(ordered_sum(contributions))
    least, most = _extremes(scores, used)
    # A mean lies between its children; rounding in the last bit must not carry it outside.
    means = np.where(np.isfinite(means), np.minimum(np.maximum(means, least), most), np.nan)
    return Aggregated(means, np.where(used, contributions, np.nan), np.zeros_like(used))


def weakest_link(scores: Floats, shares: Floats) -> Aggregated:
    """Take the lowest child; it is the binding one, together with all that are equally low."""
    used = shares > 0
    least, _ = _extremes(scores, used)
    binding = used & (scores == least[:, np.newaxis])
    return Aggregated(np.where(used.any(axis=1), least, np.nan), np.full_like(scores, np.nan), binding)


def ordered_sum(columns: Floats) -> Floats:
    """Add the columns one after the other, from the first to the last."""
    total = np.zeros(columns.shape[0], dtype=np.float64)
    for column in range(columns.shape[1]):
        total = total + columns[:, column]
    return total


def _extremes(scores: Floats, used: Mask) -> tuple[Floats, Floats]:
    least = np.min(np.where(used, scores, np.inf), axis=1, initial=np.inf)
    most = np.max(np.where(used, scores, -np.inf), axis=1, initial=-np.inf)
    return least, most


def _scales(rule: Aggregation) -> tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]:
    """Give the scale on which contributions add up, and the way back from it."""
    match rule.method:
        case "geometric":
            return ln, exp
        case "harmonic":
            return _reciprocal, _reciprocal
        case "power":
            exponent = float(rule.exponent or 1)
            return (lambda x: power(x, exponent)), (lambda x: power(x, 1 / exponent))
        case _:
            return (lambda x: x), (lambda x: x)


def _reciprocal(values: Floats) -> Floats:
    return np.divide(1.0, values, out=np.full_like(values, np.nan), where=values > 0)
