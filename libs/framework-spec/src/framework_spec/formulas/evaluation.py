"""Evaluation of formulas on arrays.  # all arrays: one entry an administration

A missing value is NaN and carries a reason code; codes index `Evaluated.table`. Reasons travel from left to right: the
first operand that is missing gives the reason. No infinity and no NaN without a reason ever leaves this module.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framework_spec.formulas.tree import (
    Binary,
    Call,
    Comparison,
    Condition,
    Constant,
    Expression,
    Negation,
    Reference,
)

Floats = NDArray[np.float64]
Codes = NDArray[np.int16]
Truths = NDArray[np.bool_]
Result = tuple[Floats, Codes]

FIXED_REASONS = ("", "division_by_zero", "non_finite", "log_of_non_positive", "root_of_negative")
DIVISION_BY_ZERO, NON_FINITE, LOG_OF_NON_POSITIVE, ROOT_OF_NEGATIVE = 1, 2, 3, 4

COMPARATORS = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}


@dataclass(frozen=True)
class Evaluated:
    """The values of a formula (NaN where missing) and, for each, the code of the reason (0: none)."""

    values: Floats
    codes: Codes
    table: tuple[str, ...]

    @property
    def reasons(self) -> NDArray[np.object_]:
        """The reason of each missing value as text; None where there is a value."""
        texts = np.array([text or None for text in self.table], dtype=object)
        reasons: NDArray[np.object_] = texts[self.codes]
        return reasons


def missing_input(code: str, offset: int) -> str:
    """Name the reason "this input was not given", with its year."""
    return f"missing_input:{code}@{'T' if offset == 0 else f'T{offset}'}"


class Evaluator:
    """Evaluates one tree for one set of values; keeps the table of reasons."""

    def __init__(self, lookup: Mapping[tuple[str, int], Floats], references: tuple[tuple[str, int], ...], size: int):
        self._lookup = lookup
        self._size = size
        self._codes = {reference: len(FIXED_REASONS) + place for place, reference in enumerate(references)}
        self.table = (*FIXED_REASONS, *(missing_input(code, offset) for code, offset in references))

    def run(self, tree: Expression) -> Evaluated:
        """Evaluate; overflow and the like are told by reasons, so numpy stays quiet."""
        with np.errstate(all="ignore"):
            values, codes = self._value(tree)
        return Evaluated(np.where(codes == 0, values, np.nan), codes, self.table)

    def holds(self, statement: Comparison) -> tuple[Truths, Truths]:
        """Tell for each administration whether a comparison holds, and whether both of its sides have a value.

        A difference of less than a billionth is none here, for sums of decimals are rarely equal to the last digit.
        """
        with np.errstate(all="ignore"):
            left, right = self._value(statement.left), self._value(statement.right)
            known = (left[1] == 0) & (right[1] == 0)
            is_close = np.isclose(left[0], right[0], rtol=1e-9, atol=0)
            holds = COMPARATORS[statement.operator](left[0], right[0])
        return (holds | is_close if statement.operator in ("<=", ">=", "==") else holds & ~is_close), known

    def _value(self, node: Expression) -> Result:
        match node:
            case Constant(value):
                return np.full(self._size, value), np.zeros(self._size, dtype=np.int16)
            case Reference(code, offset):
                return self._reference(code, offset)
            case Negation(operand):
                values, codes = self._value(operand)
                return -values, codes
            case Binary(operator, left, right):
                return self._binary(operator, self._value(left), self._value(right))
            case Condition(test, then, otherwise):
                return self._condition(test, then, otherwise)
            case Call(function, arguments):
                return FUNCTIONS[function]([self._value(argument) for argument in arguments])

    def _reference(self, code: str, offset: int) -> Result:
        values = np.asarray(self._lookup[code, offset], dtype=np.float64)
        return values, np.where(np.isnan(values), self._codes[code, offset], 0).astype(np.int16)

    def _binary(self, operator: str, left: Result, right: Result) -> Result:
        codes = _first_reason(left[1], right[1])
        if operator == "/":
            codes = _reason_where(codes, right[0] == 0, DIVISION_BY_ZERO)
        return _finite(ARITHMETIC[operator](left[0], right[0]), codes)

    def _condition(self, test: Comparison, then: Expression, otherwise: Expression) -> Result:
        left, right = self._value(test.left), self._value(test.right)
        holds = COMPARATORS[test.operator](left[0], right[0])
        chosen, other = self._value(then), self._value(otherwise)
        values = np.where(holds, chosen[0], other[0])
        return values, _first_reason(left[1], right[1], np.where(holds, chosen[1], other[1]))


ARITHMETIC = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}


def _first_reason(*codes: Codes) -> Codes:
    first = codes[0]
    for later in codes[1:]:
        first = np.where(first != 0, first, later)
    return first


def _reason_where(codes: Codes, holds: Truths, reason: int) -> Codes:
    return np.where((codes == 0) & holds, np.int16(reason), codes)


def _finite(values: Floats, codes: Codes) -> Result:
    return values, _reason_where(codes, ~np.isfinite(values), NON_FINITE)


def _extreme(arguments: list[Result], choose: np.ufunc) -> Result:
    values = arguments[0][0]
    for later, _ in arguments[1:]:
        values = choose(values, later)
    return values, _first_reason(*(codes for _, codes in arguments))


def _coalesce(arguments: list[Result]) -> Result:
    values, codes = arguments[0]
    for later_values, later_codes in arguments[1:]:
        use = (codes != 0) & (later_codes == 0)
        values, codes = np.where(use, later_values, values), np.where(use, np.int16(0), codes)
    return values, codes


def _absolute(arguments: list[Result]) -> Result:
    return np.abs(arguments[0][0]), arguments[0][1]


def _logarithm(arguments: list[Result]) -> Result:
    values, codes = arguments[0]
    codes = _reason_where(codes, values <= 0, LOG_OF_NON_POSITIVE)
    # The logarithm of the C library, one by one: numpy's vectorised one depends on the processor.
    logs = [math.log(value) if code == 0 else math.nan for value, code in zip(values.tolist(), codes, strict=True)]
    return np.array(logs, dtype=np.float64), codes


def _root(arguments: list[Result]) -> Result:
    values, codes = arguments[0]
    return np.sqrt(values), _reason_where(codes, values < 0, ROOT_OF_NEGATIVE)


FUNCTIONS = {
    "min": lambda arguments: _extreme(arguments, np.minimum),
    "max": lambda arguments: _extreme(arguments, np.maximum),
    "coalesce": _coalesce,
    "abs": _absolute,
    "ln": _logarithm,
    "sqrt": _root,
}
