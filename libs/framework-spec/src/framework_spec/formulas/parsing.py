"""From the text of a formula to its tree; every error points at the character."""

import re
from functools import cache
from typing import Any, Literal

from lark import Lark, Token, Transformer, UnexpectedEOF, UnexpectedInput, UnexpectedToken, v_args

from framework_spec.formulas.tree import (
    Binary,
    Call,
    Comparison,
    Condition,
    Constant,
    Expression,
    Negation,
    Reference,
    children,
)

MAXIMUM_LENGTH = 2000
MAXIMUM_DEPTH = 64

GRAMMAR = r"""
?start: sum
?statement: comparison
?sum: product | sum SUM_SIGN product            -> binary
?product: unary | product PRODUCT_SIGN unary    -> binary
?unary: atom | "-" unary                        -> negation
?atom: NUMBER                                   -> constant
     | INPUT year?                              -> reference
     | "if" "(" comparison "," sum "," sum ")"  -> condition
     | FUNCTION "(" sum ("," sum)* ")"          -> call
     | "(" sum ")"
year: "[" YEAR "]"
comparison: sum COMPARATOR sum
SUM_SIGN: "+" | "-"
PRODUCT_SIGN: "*" | "/"
COMPARATOR: "<=" | ">=" | "==" | "!=" | "<" | ">"
NUMBER: /[0-9]+(\.[0-9]+)?/
FUNCTION: "min" | "max" | "coalesce" | "abs" | "ln" | "sqrt"
INPUT.1: /[A-Z][A-Z0-9_]*/
YEAR.2: /T( *- *1)?(?= *\])/
%ignore /[ \t\r\n]+/
"""
_WORD_AT_START = re.compile(r"\w+")
_COMPARATOR = re.compile(r"[<>]|[=!]=")
_WORD_AT_END = re.compile(r"[A-Za-z_]\w*$")

ARGUMENTS = {"min": (2, 50), "max": (2, 50), "coalesce": (2, 50), "abs": (1, 1), "ln": (1, 1), "sqrt": (1, 1)}
FUNCTIONS = ("if", *ARGUMENTS)


class FormulaError(ValueError):
    """A formula that cannot be read; `position` is the character it is about, counted from 1."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} (character {position})")
        self.message = message
        self.position = position


def parse(text: str) -> Expression:
    """Read a formula; FormulaError names the character at which it stops making sense."""
    tree: Expression = _parsed(text, "start")
    return tree


def parse_comparison(text: str) -> Comparison:
    """Read a comparison like `A <= B`; FormulaError names the character at which it stops making sense."""
    tree: Comparison = _parsed(text, "statement")
    return tree


def _parsed(text: str, start: Literal["start", "statement"]) -> Any:
    if len(text) > MAXIMUM_LENGTH:
        raise FormulaError(f"a formula has at most {MAXIMUM_LENGTH} characters", MAXIMUM_LENGTH + 1)
    if not text.strip():
        raise FormulaError("the formula is empty", 1)
    try:
        tree: Any = _parser().parse(text, start=start)
    except UnexpectedInput as error:
        raise _explained(error, text, start) from None
    if _depth(tree) > MAXIMUM_DEPTH:
        raise FormulaError(f"a formula is nested at most {MAXIMUM_DEPTH} deep", 1)
    return tree


@v_args(inline=True)
class _ToTree(Transformer[Token, Expression]):
    def constant(self, number: Token) -> Constant:
        value = float(number)
        if value == float("inf"):
            raise FormulaError("the number is too large", _position(number))
        return Constant(value, _position(number))

    def reference(self, code: Token, offset: int = 0) -> Reference:
        return Reference(str(code), offset, _position(code))

    def year(self, year: Token) -> int:
        return -1 if "-" in year else 0

    def negation(self, operand: Expression) -> Negation:
        return Negation(operand, operand.position)

    def binary(self, left: Expression, operator: Token, right: Expression) -> Binary:
        return Binary(str(operator), left, right, _position(operator))

    def comparison(self, left: Expression, operator: Token, right: Expression) -> Comparison:
        return Comparison(str(operator), left, right, _position(operator))

    def condition(self, test: Comparison, then: Expression, otherwise: Expression) -> Condition:
        return Condition(test, then, otherwise, test.left.position)

    def call(self, function: Token, *arguments: Expression) -> Call:
        least, most = ARGUMENTS[function]
        if not least <= len(arguments) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise FormulaError(f"{function} takes {wanted} values, not {len(arguments)}", _position(function))
        return Call(str(function), arguments, _position(function))


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer="contextual", start=["start", "statement"], transformer=_ToTree())


def _position(token: Token) -> int:
    return (token.start_pos or 0) + 1


def _explained(error: UnexpectedInput, text: str, start_rule: str) -> FormulaError:
    if isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        if start_rule == "statement" and not _COMPARATOR.search(text):
            return FormulaError("a comparison like A <= B is needed here", len(text) + 1)
        return FormulaError("the formula ends too early", len(text) + 1)
    start = error.pos_in_stream or 0
    before = text[:start].rstrip()
    if before.endswith("["):
        return FormulaError("a year is written [T] or [T-1]", start + 1)
    if text[start] == "(" and (called := _WORD_AT_END.search(before)):
        return FormulaError(_not_a_function(called.group()), called.start() + 1)
    found = _WORD_AT_START.match(text[start:])
    word = found.group() if found else text[start]
    if word[0].islower() and word not in FUNCTIONS:
        return FormulaError(_not_a_function(word), start + 1)
    return FormulaError(f"{word!r} is not expected here", start + 1)


def _not_a_function(word: str) -> str:
    if word.lower() in FUNCTIONS:
        return f"{word!r} is not a function; functions are written in small letters"
    return f"{word!r} is not a function; there are {', '.join(FUNCTIONS)}"


def _depth(tree: Expression | Comparison) -> int:
    deepest = 0
    pending: list[tuple[Expression | Comparison, int]] = [(tree, 1)]
    while pending:
        node, depth = pending.pop()
        deepest = max(deepest, depth)
        pending.extend((child, depth + 1) for child in children(node))
    return deepest
