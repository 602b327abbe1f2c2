"""Weights as whole numbers in the same proportion, so that shares are exact and quick."""

import math
from collections.abc import Sequence
from fractions import Fraction


def whole_weights(weights: Sequence[Fraction]) -> list[int]:
    """Bring exact weights to a common denominator; only their proportion counts."""
    common = math.lcm(*(weight.denominator for weight in weights))
    return [int(weight * common) for weight in weights]
