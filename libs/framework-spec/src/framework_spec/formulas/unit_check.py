"""The unit of a formula, and every place where its units do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from framework_spec.formulas.formula import constant_value
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
from framework_spec.formulas.units import Measured, Pure, Quantity, in_words, product, root, unit_of
from framework_spec.parts import Input


@dataclass(frozen=True)
class UnitIssue:
    """Units that do not go together (error) or depend on an arbitrary choice (warning), at a character of the text."""

    severity: Literal["error", "warning"]
    code: str
    message: str
    position: int


def unit_issues(tree: Expression | Comparison, inputs: Mapping[str, Input]) -> tuple[Quantity, list[UnitIssue]]:
    """Work out the unit of a formula from the units of its inputs, with all that is wrong on the way."""
    check = _UnitCheck(inputs)
    if isinstance(tree, Comparison):
        return check.same([tree.left, tree.right], f"compare with {tree.operator}", tree.position), check.issues
    return check.of(tree), check.issues


class _UnitCheck:
    def __init__(self, inputs: Mapping[str, Input]) -> None:
        self._inputs = inputs
        self.issues: list[UnitIssue] = []

    def of(self, node: Expression) -> Quantity:
        match node:
            case Constant(value):
                return Pure(value)
            case Reference(code):
                return unit_of(self._inputs[code]) if code in self._inputs else None
            case Negation(operand):
                return self.of(operand)
            case Binary(operator, left, right):
                return self._binary(node, operator, left, right)
            case Condition(test, then, otherwise):
                self.same([test.left, test.right], f"compare with {test.operator}", test.position)
                return self.same([then, otherwise], "choose between", otherwise.position)
            case Call():
                return self._call(node)

    def _binary(self, node: Binary, operator: str, left: Expression, right: Expression) -> Quantity:
        value = constant_value(node)
        if value is not None:
            return Pure(value)
        if operator in "+-":
            return self.same([left, right], "add" if operator == "+" else "subtract", node.position)
        return product(self.of(left), self.of(right), 1 if operator == "*" else -1)

    def _call(self, node: Call) -> Quantity:
        if node.function == "sqrt":
            return root(self.of(node.arguments[0]))
        if node.function == "abs":
            return self.of(node.arguments[0])
        if node.function == "ln":
            operand = self.of(node.arguments[0])
            if isinstance(operand, Measured) and operand.dimensions:
                message = f"the logarithm of {in_words(operand)} depends on the unit; divide by a reference value first"
                self.issues.append(UnitIssue("warning", "formula.unit_of_logarithm", message, node.position))
            return None
        return self.same(list(node.arguments), f"take the {node.function} of", node.position)

    def same(self, parts: list[Expression], doing: str, position: int) -> Quantity:
        """Check that parts have one unit and give it; plain numbers take the unit of the others."""
        found = [self.of(part) for part in parts]
        measured = [quantity for quantity in found if isinstance(quantity, Measured)]
        if not measured:
            return None if None in found else Pure(None)
        for other in measured[1:]:
            self.issues.extend(_mismatch(measured[0], other, doing, position))
        # Weighted parts have scales of their own; then the scale of the whole is not known.
        scales = {quantity.scale for quantity in measured}
        return measured[0] if len(scales) == 1 else Measured(measured[0].dimensions, None)


def _mismatch(first: Measured, other: Measured, doing: str, position: int) -> Iterator[UnitIssue]:
    if first.dimensions != other.dimensions or first.is_mixed_up_with(other):
        message = f"cannot {doing} {in_words(first)} and {in_words(other)}"
        yield UnitIssue("error", "formula.unit_mismatch", message, position)
