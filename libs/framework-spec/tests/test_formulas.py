"""Formulas: reading, errors at the character, missing values, and agreement with a dull evaluator."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework_spec.formulas import Formula, FormulaError
from framework_spec.formulas.formula import constant_value, walk
from framework_spec.formulas.tree import Reference

NAN = math.nan


def evaluate(text: str, **values: float) -> tuple[float | None, str | None]:
    """Evaluate for one administration; `A` is year T and `A_1` the year before."""
    lookup = {}
    for name, value in values.items():
        code, _, before = name.partition("_")
        lookup[code, -1 if before else 0] = np.array([value], dtype=np.float64)
    result = Formula.parse(text).evaluate(lookup, 1)
    value = float(result.values[0])
    return (None if math.isnan(value) else value), result.reasons[0]


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("100 * A / B", {"A": 1, "B": 4}, 25),
        ("100 * (A - A[T-1]) / A[T-1]", {"A": 6, "A_1": 4}, 50),
        ("A[T] - A[ T - 1 ]", {"A": 6, "A_1": 4}, 2),
        ("2 + 3 * A", {"A": 4}, 14),
        ("(2 + 3) * A", {"A": 4}, 20),
        ("8 - 4 - A", {"A": 1}, 3),
        ("8 / 4 / A", {"A": 2}, 1),
        ("-A + 1", {"A": 3}, -2),
        ("--A", {"A": 3}, 3),
        ("if(A >= 3, 1, 2)", {"A": 3}, 1),
        ("if(A != 3, 1, 2)", {"A": 3}, 2),
        ("min(A, 2, 5) + max(A, 2, 5)", {"A": 3}, 7),
        ("abs(A)", {"A": -3}, 3),
        ("ln(A)", {"A": 1}, 0),
        ("sqrt(A)", {"A": 9}, 3),
        ("coalesce(A, B, 7)", {"A": NAN, "B": NAN}, 7),
        ("if(A[T-1] == 0, 0, A / A[T-1])", {"A": 5, "A_1": 0}, 0),
        ("coalesce(A / A[T-1], 100)", {"A": 5, "A_1": 0}, 100),
    ],
)
def test_gives_the_value_a_pocket_calculator_gives(text: str, values: dict[str, float], expected: float) -> None:
    assert evaluate(text, **values) == (expected, None)


@pytest.mark.parametrize(
    ("text", "values", "reason"),
    [
        ("A / B", {"A": NAN, "B": 1}, "missing_input:A@T"),
        ("A / A[T-1]", {"A": 1, "A_1": NAN}, "missing_input:A@T-1"),
        ("A + B", {"A": NAN, "B": NAN}, "missing_input:A@T"),
        ("A / A[T-1]", {"A": 1, "A_1": 0}, "division_by_zero"),
        ("0 * A / A[T-1]", {"A": 0, "A_1": 0}, "division_by_zero"),
        ("A * B", {"A": 1e300, "B": 1e300}, "non_finite"),
        ("A * B - A * B", {"A": 1e300, "B": 1e300}, "non_finite"),
        ("ln(A)", {"A": 0}, "log_of_non_positive"),
        ("sqrt(A)", {"A": -1}, "root_of_negative"),
        ("if(A > 1, 1, 2)", {"A": NAN}, "missing_input:A@T"),
        ("if(A > 1, B, 2)", {"A": 2, "B": NAN}, "missing_input:B@T"),
        ("min(A, B)", {"A": 2, "B": NAN}, "missing_input:B@T"),
        ("coalesce(A, B)", {"A": NAN, "B": NAN}, "missing_input:A@T"),
    ],
)
def test_a_missing_value_has_its_reason(text: str, values: dict[str, float], reason: str) -> None:
    assert evaluate(text, **values) == (None, reason)


def test_the_branch_that_is_not_taken_may_be_missing() -> None:
    assert evaluate("if(A > 1, A, B)", A=2, B=NAN) == (2, None)


@pytest.mark.parametrize(
    ("text", "message", "position"),
    [
        ("A +", "the formula ends too early", 4),
        ("(A", "the formula ends too early", 3),
        ("A $ B", r"'\$' is not expected here", 3),
        ("sum(A)", "'sum' is not a function", 1),
        ("1 + IF(A > 1, 1, 2)", "functions are written in small letters", 5),
        ("A[T-2]", r"a year is written \[T\] or \[T-1\]", 3),
        ("A[2020]", r"a year is written \[T\] or \[T-1\]", 3),
        ("A B", "'B' is not expected here", 3),
        ("1E2", "'E2' is not expected here", 2),
        ("A > B", "'>' is not expected here", 3),
        ("min(A)", "min takes 2 to 50 values, not 1", 1),
        ("1 + abs(A, B)", "abs takes 1 values, not 2", 5),
        ("  ", "the formula is empty", 1),
        ("9" * 400, "the number is too large", 1),
        ("A" + " + A" * 600, "at most 2000 characters", 2001),
        ("-" * 100 + "A", "nested at most 64 deep", 1),
        ("__import__('os')", "is not expected here", 1),
    ],
)
def test_an_error_points_at_the_character(text: str, message: str, position: int) -> None:
    with pytest.raises(FormulaError, match=message) as caught:
        Formula.parse(text)
    assert caught.value.position == position


def test_thousands_of_parentheses_are_read_without_recursion() -> None:
    assert Formula.parse("(" * 900 + "A" + ")" * 900).references == {("A", 0)}


def test_tells_references_with_their_year() -> None:
    formula = Formula.parse("A[T-1] + B / A")
    assert formula.references == {("A", -1), ("A", 0), ("B", 0)}
    assert formula.ordered_references == (("A", -1), ("B", 0), ("A", 0))


def test_knows_the_value_of_constant_expressions_only() -> None:
    assert constant_value(Formula.parse("2 - 1 * 2").tree) == 0
    assert constant_value(Formula.parse("2 - A").tree) is None
    assert constant_value(Formula.parse("1 / 0").tree) is None


NAMES = ("A", "B", "C")
leaves = st.one_of(
    st.integers(0, 9).map(str),
    st.sampled_from([*NAMES, *(f"{name}[T-1]" for name in NAMES)]),
)


def grown(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    binary = st.builds("({} {} {})".format, parts, st.sampled_from("+-*/"), parts)
    calls = st.builds("{}({}, {})".format, st.sampled_from(["min", "max", "coalesce"]), parts, parts)
    single = st.builds("{}({})".format, st.sampled_from(["abs", "sqrt", "ln", "-"]), parts)
    comparison = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    conditions = st.builds("if({} {} {}, {}, {})".format, parts, comparison, parts, parts, parts)
    return st.one_of(binary, calls, single, conditions)


def dull(text: str, values: dict[str, float]) -> float | None:
    """Evaluate with Python itself, one administration, None for anything that has no value."""

    class Number:
        def __init__(self, value: float | None) -> None:
            self.value = value if value is not None and math.isfinite(value) else None

        def do(self, other: "Number", action: str) -> "Number":
            if self.value is None or other.value is None or (action == "/" and other.value == 0):
                return Number(None)
            pairs = {"+": self.value + other.value, "-": self.value - other.value, "*": self.value * other.value}
            return Number(pairs[action] if action in pairs else self.value / other.value)

        def __add__(self, other: "Number") -> "Number":
            return self.do(other, "+")

        def __sub__(self, other: "Number") -> "Number":
            return self.do(other, "-")

        def __mul__(self, other: "Number") -> "Number":
            return self.do(other, "*")

        def __truediv__(self, other: "Number") -> "Number":
            return self.do(other, "/")

        def __neg__(self) -> "Number":
            return Number(None if self.value is None else -self.value)

    def walked(node: object) -> Number:
        match type(node).__name__, node:
            case "Constant", _:
                return Number(node.value)  # type: ignore[attr-defined]
            case "Reference", _:
                return Number(values.get(f"{node.code}{node.offset}"))  # type: ignore[attr-defined]
            case "Negation", _:
                return -walked(node.operand)  # type: ignore[attr-defined]
            case "Binary", _:
                return walked(node.left).do(walked(node.right), node.operator)  # type: ignore[attr-defined]
            case "Condition", _:
                return condition(node)
            case _:
                return called(node.function, [walked(part) for part in node.arguments])  # type: ignore[attr-defined]

    def condition(node: object) -> Number:
        test = node.test  # type: ignore[attr-defined]
        left, right = walked(test.left).value, walked(test.right).value
        if left is None or right is None:
            return Number(None)
        order = (left > right) - (left < right)
        accepted = {"<": [-1], "<=": [-1, 0], ">": [1], ">=": [0, 1], "==": [0], "!=": [-1, 1]}[test.operator]
        return walked(node.then if order in accepted else node.otherwise)  # type: ignore[attr-defined]

    def called(function: str, parts: list[Number]) -> Number:
        if function == "coalesce":
            return next((part for part in parts if part.value is not None), Number(None))
        if any(part.value is None for part in parts):
            return Number(None)
        plain = [part.value for part in parts if part.value is not None]
        if function in ("min", "max"):
            return Number(min(plain) if function == "min" else max(plain))
        if function == "abs":
            return Number(abs(plain[0]))
        if function == "ln":
            return Number(math.log(plain[0]) if plain[0] > 0 else None)
        return Number(math.sqrt(plain[0]) if plain[0] >= 0 else None)

    return walked(Formula.parse(text).tree).value


@settings(max_examples=2000, deadline=None)
@given(
    text=st.recursive(leaves, grown, max_leaves=12),
    rows=st.lists(
        st.lists(st.sampled_from([NAN, 0.0, 1.0, -2.5, 3.0, 1e200]), min_size=6, max_size=6), min_size=1, max_size=4
    ),
)
def test_agrees_with_a_dull_evaluator(text: str, rows: list[list[float]]) -> None:
    keys = [(name, offset) for name in NAMES for offset in (0, -1)]
    lookup = {key: np.array([row[place] for row in rows]) for place, key in enumerate(keys)}
    result = Formula.parse(text).evaluate(lookup, len(rows))
    for row, value, reason in zip(rows, result.values.tolist(), result.reasons.tolist(), strict=True):
        given_values = {f"{code}{offset}": number for (code, offset), number in zip(keys, row, strict=True)}
        expected = dull(text, given_values)
        assert (None if math.isnan(value) else value) == expected
        assert (reason is None) == (expected is not None)


def test_walks_every_part() -> None:
    formula = Formula.parse("if(A > B, min(A, C), -B[T-1])")
    assert sum(isinstance(node, Reference) for node in walk(formula.tree)) == 5
