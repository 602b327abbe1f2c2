"""The range that the values of a formula can lie in, from the ranges of its inputs.

It is wider than necessary where an input stands twice, and never too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from framework_spec.formulas.tree import Binary, Call, Condition, Constant, Expression, Negation, Reference
from framework_spec.parts import Input

Range = tuple[float, float]
EVERYTHING: Range = (-math.inf, math.inf)


def value_range(tree: Expression, inputs: Mapping[str, Input]) -> Range:
    """Give the lowest and the highest value a formula can have; infinite where nothing limits it."""
    match tree:
        case Constant(value):
            return value, value
        case Reference(code):
            return _declared(inputs.get(code))
        case Negation(operand):
            low, high = value_range(operand, inputs)
            return -high, -low
        case Binary(operator, left, right):
            return _ARITHMETIC[operator](value_range(left, inputs), value_range(right, inputs))
        case Condition(_, then, otherwise):
            return _either([value_range(then, inputs), value_range(otherwise, inputs)])
        case Call(function, arguments):
            return _call(function, [value_range(argument, inputs) for argument in arguments])


def _declared(item: Input | None) -> Range:
    if item is None:
        return EVERYTHING
    low = -math.inf if item.minimum is None else item.minimum
    return low, math.inf if item.maximum is None else item.maximum


def _add(left: Range, right: Range) -> Range:
    return left[0] + right[0], left[1] + right[1]


def _subtract(left: Range, right: Range) -> Range:
    return left[0] - right[1], left[1] - right[0]


def _multiply(left: Range, right: Range) -> Range:
    # Zero times an unlimited value is zero: the end stands for large finite values.
    products = [0.0 if 0 in (one, other) else one * other for one in left for other in right]
    return min(products), max(products)


def _divide(left: Range, right: Range) -> Range:
    low, high = right
    if low < 0 < high or low == high == 0:
        return EVERYTHING
    if low == 0:
        return _multiply(left, (1 / high, math.inf))
    if high == 0:
        return _multiply(left, (-math.inf, 1 / low))
    return _multiply(left, (1 / high, 1 / low))


def _either(ranges: list[Range]) -> Range:
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def _call(function: str, ranges: list[Range]) -> Range:
    low, high = ranges[0]
    match function:
        case "min":
            return min(low for low, _ in ranges), min(high for _, high in ranges)
        case "max":
            return max(low for low, _ in ranges), max(high for _, high in ranges)
        case "coalesce":
            return _either(ranges)
        case "abs":
            return 0.0 if low <= 0 <= high else min(abs(low), abs(high)), max(abs(low), abs(high))
        case "sqrt":
            return math.sqrt(max(low, 0.0)), math.sqrt(max(high, 0.0))
        case _:
            return _logarithm(low), _logarithm(high)


def _logarithm(value: float) -> float:
    return math.log(value) if value > 0 else -math.inf


_ARITHMETIC = {"+": _add, "-": _subtract, "*": _multiply, "/": _divide}
