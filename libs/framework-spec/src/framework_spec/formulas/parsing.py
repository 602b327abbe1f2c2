"""From the text of a formula to its tree; every error points at the character."""

from functools import cache

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken, v_args

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
ARGUMENTS = {"min": (2, 50), "max": (2, 50), "coalesce": (2, 50), "abs": (1, 1), "ln": (1, 1), "sqrt": (1, 1)}


class FormulaError(ValueError):
    """A formula that cannot be read; `position` is the character it is about, counted from 1."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} (character {position})")
        self.message = message
        self.position = position


def parse(text: str) -> Expression:
    """Read a formula; FormulaError names the character at which it stops making sense."""
    if len(text) > MAXIMUM_LENGTH:
        raise FormulaError(f"a formula has at most {MAXIMUM_LENGTH} characters", MAXIMUM_LENGTH + 1)
    if not text.strip():
        raise FormulaError("the formula is empty", 1)
    try:
        tree: Expression = _parser().parse(text)  # type: ignore[assignment]
    except UnexpectedInput as error:
        raise _explained(error, text) from None
    if _depth(tree) > MAXIMUM_DEPTH:
        raise FormulaError(f"a formula is nested at most {MAXIMUM_DEPTH} deep", 1)
    return tree


@v_args(inline=True)
class _ToTree(Transformer[Token, Expression]):
    def constant(self, number: Token) -> Constant:
        value = float(number)
        if value == float("inf"):
            raise FormulaError("the number is too large", _position(number))
        return Constant(value)

    def reference(self, code: Token, offset: int = 0) -> Reference:
        return Reference(str(code), offset)

    def year(self, year: Token) -> int:
        return -1 if "-" in year else 0

    def negation(self, operand: Expression) -> Negation:
        return Negation(operand)

    def binary(self, left: Expression, operator: Token, right: Expression) -> Binary:
        return Binary(str(operator), left, right, _position(operator))

    def comparison(self, left: Expression, operator: Token, right: Expression) -> Comparison:
        return Comparison(str(operator), left, right)

    def condition(self, test: Comparison, then: Expression, otherwise: Expression) -> Condition:
        return Condition(test, then, otherwise)

    def call(self, function: Token, *arguments: Expression) -> Call:
        least, most = ARGUMENTS[function]
        if not least <= len(arguments) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise FormulaError(f"{function} takes {wanted} values, not {len(arguments)}", _position(function))
        return Call(str(function), arguments)


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer="contextual", transformer=_ToTree())


def _position(token: Token) -> int:
    return (token.start_pos or 0) + 1


def _explained(error: UnexpectedInput, text: str) -> FormulaError:
    if isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        return FormulaError("the formula ends too early", len(text) + 1)
    position = (error.pos_in_stream or 0) + 1
    if isinstance(error, UnexpectedCharacters):
        return FormulaError(_unexpected_characters(text, position - 1), position)
    token = error.token if isinstance(error, UnexpectedToken) else ""
    return FormulaError(f"{str(token)!r} is not expected here", position)


def _unexpected_characters(text: str, start: int) -> str:
    word = ""
    for character in text[start:]:
        if not (character.isalnum() or character == "_"):
            break
        word += character
    if text[:start].rstrip().endswith("["):
        return "a year is written [T] or [T-1]"
    if word and word.lower() in ("if", *ARGUMENTS):
        return f"{word!r} is not expected here; functions are written in small letters"
    if word and word[0].islower():
        return f"{word!r} is not a function; there are if, {', '.join(sorted(ARGUMENTS))}"
    return f"{word or text[start]!r} is not expected here"


def _depth(tree: Expression) -> int:
    deepest, pending = 0, [(tree, 1)]
    while pending:
        node, depth = pending.pop()
        deepest = max(deepest, depth)
        pending.extend((child, depth + 1) for child in children(node))  # type: ignore[misc]
    return deepest
