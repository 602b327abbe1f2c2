"""The parts a formula is made of, after parsing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Reference:
    """The value of an input in year T + offset; the offset is 0 or -1."""

    code: str
    offset: int


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus sign before an expression."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right` with one of + - * /; `position` is the character of the operator, from 1."""

    operator: str
    left: "Expression"
    right: "Expression"
    position: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right` with one of < <= > >= == !=; only as the condition of `if`."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Condition:
    """`if(test, then, otherwise)`."""

    test: Comparison
    then: "Expression"
    otherwise: "Expression"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language with its arguments."""

    function: str
    arguments: tuple["Expression", ...]


Expression = Constant | Reference | Negation | Binary | Condition | Call


def children(node: Expression | Comparison) -> tuple[Expression | Comparison, ...]:
    """Give the direct parts of an expression, left to right."""
    match node:
        case Negation(operand):
            return (operand,)
        case Binary(_, left, right) | Comparison(_, left, right):
            return (left, right)
        case Condition(test, then, otherwise):
            return (test, then, otherwise)
        case Call(_, arguments):
            return arguments
        case _:
            return ()
