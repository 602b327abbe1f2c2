"""Numbers of a document: exact rationals for weights and thresholds, one way of writing each number."""

import re
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema

_RATIONAL_TEXT = re.compile(r"^-?\d{1,20}(\.\d{1,20}|/\d{1,20})?$")

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A finite number; a whole number is as good, a text or a truth value is not."""


def exact(value: int | float | str) -> Fraction:
    """Read a number as the decimal a person wrote: 0.1 is one tenth, "2/3" two thirds, never a binary neighbour."""
    if isinstance(value, float):
        return Fraction(Decimal(repr(value)))
    return Fraction(value)


def _checked_rational(value: Any) -> int | float | str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("should be a number or a fraction written as text, like 0.5 or '2/3'")
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("should be a finite number")
    if isinstance(value, int) and abs(value) > 10**20:
        raise ValueError("should have at most 20 digits")
    if isinstance(value, str) and (not _RATIONAL_TEXT.match(value) or value.endswith("/0") or _zero_divisor(value)):
        raise ValueError("should be a number or a fraction written as text, like 0.5 or '2/3'")
    return value


def _zero_divisor(value: str) -> bool:
    _, slash, divisor = value.partition("/")
    return bool(slash) and int(divisor) == 0


Rational = Annotated[
    int | float | str,
    PlainValidator(_checked_rational),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": _RATIONAL_TEXT.pattern}]}),
]
"""A number or a fraction as text; `exact` gives its value without rounding."""
