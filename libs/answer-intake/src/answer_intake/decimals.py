"""Settles for a whole file whether its decimals have commas, from the cells that can be read in one way only."""

import re
from collections.abc import Sequence

from answer_intake.findings import Unreadable
from answer_intake.numbers import read_number, readings
from answer_intake.rows import Table

_ONE_MARK = re.compile(r"-?[0-9]+([.,])[0-9]+(?:[eE][+-]?[0-9]+)?")
_EITHER = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")  # 1,234: thousands, or a decimal?
_POINT_IS_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+|,[0-9]{3})")  # 1,234.5 and 1,234,567
_COMMA_IS_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:[. \u00a0\u202f][0-9]{3})+(?:,[0-9]+|\.[0-9]{3})")


def settle(table: Table, texts: Sequence[str | None]) -> None:
    """Read the figures of a file in which some have a comma.

    `texts` are the cells of the column value as they were written, one for each row of the table (None where the cell
    is not text). Decimal commas are taken when some cell can only mean them and none speaks against it. A cell that
    can be read in two ways becomes an `Unreadable` that names both.
    """
    if not any(text is not None and "," in text for text in texts):
        return
    marks = [None if text is None else _mark(text) for text in texts]
    comma, point = _first(marks, ","), _first(marks, ".")
    is_told = False
    for place, (text, mark) in enumerate(zip(texts, marks, strict=True)):
        if text is not None and mark in (",", "?") and _ONE_MARK.fullmatch(text):
            value = _value(text, table, comma, point)
            row = table.rows[place] = table.rows[place]._replace(value=value)
            if "," in text and isinstance(value, float) and not is_told:
                is_told = True
                table.find(row.number, "value", "answers.decimal_comma", readings(text))


def _value(text: str, table: Table, comma: int | None, point: int | None) -> float | Unreadable:
    """The figure in a cell that has a decimal comma, or a comma or point that may be one."""
    if comma is not None and point is not None:
        both = {"comma_row": table.rows[comma].number, "point_row": table.rows[point].number}
        return Unreadable("answers.mixed_decimals", {**readings(text), **both})
    if "," in text and comma is not None:
        return read_number(text.replace(",", "."))
    if "," not in text and point is not None:
        return read_number(text)
    return Unreadable("answers.ambiguous_number", readings(text, "." if comma is None else ","))


def _mark(text: str) -> str | None:
    """The mark that must be the decimal one here, "?" when it may be either, None when there is none."""
    if "," not in text and "." not in text:
        return None
    if _EITHER.fullmatch(text):
        return "?"
    one = _ONE_MARK.fullmatch(text)
    if one:
        return one[1]
    if _POINT_IS_DECIMAL.fullmatch(text):
        return "."
    return "," if _COMMA_IS_DECIMAL.fullmatch(text) else None


def _first(marks: Sequence[str | None], wanted: str) -> int | None:
    return next((place for place, mark in enumerate(marks) if mark == wanted), None)
