"""Logarithm, exponential and power, one value at a time through the C library.

numpy's vectorised versions give different last bits on different processors and at different places of an array; these
give a value the same bits wherever it stands, so one administration scored alone equals the same one scored with all.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def ln(values: Floats) -> Floats:
    """Natural logarithm; NaN for zero, negative and missing values."""
    return _each(lambda value: math.log(value) if value > 0 else math.nan, values)


def exp(values: Floats) -> Floats:
    """Exponential; NaN where it overflows."""
    return _each(math.exp, values)


def power(values: Floats, exponent: float) -> Floats:
    """Values to a power; NaN where it does not exist or overflows."""
    return _each(lambda value: math.pow(value, exponent), values)


def _each(function: Callable[[float], float], values: Floats) -> Floats:
    flat = [_guarded(function, value) for value in values.ravel().tolist()]
    return np.array(flat, dtype=np.float64).reshape(values.shape)


def _guarded(function: Callable[[float], float], value: float) -> float:
    try:
        return function(value)
    except (ValueError, OverflowError, ZeroDivisionError):
        return math.nan
