"""The parts a formula is made of, after parsing.

`position` is the character of a part in its text, from 1; where a formula was written does not change what it means, so
positions never count when parts are compared.
"""

from dataclasses import dataclass, field


def _position() -> int:
    return field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as written."""

    value: float
    position: int = _position()


@dataclass(frozen=True, slots=True)
class Reference:
    """The value of an input in year T + offset; the offset is 0 or -1."""

    code: str
    offset: int
    position: int = _position()


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus sign before an expression."""

    operand: "Expression"
    position: int = _position()


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right` with one of + - * /; `position` is the character of the operator."""

    operator: str
    left: "Expression"
    right: "Expression"
    position: int = _position()


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right` with one of < <= > >= == !=: the condition of an `if`, or a whole statement."""

    operator: str
    left: "Expression"
    right: "Expression"
    position: int = _position()


@dataclass(frozen=True, slots=True)
class Condition:
    """`if(test, then, otherwise)`."""

    test: Comparison
    then: "Expression"
    otherwise: "Expression"
    position: int = _position()


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language with its arguments."""

    function: str
    arguments: tuple["Expression", ...]
    position: int = _position()


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
