"""What stands in a cell of a workbook when it is neither text nor number, and how cells are named."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from answer_intake.numbers import spelled

MOST_SHEET_ROWS = 1_048_576
MOST_SHEET_COLUMNS = 16_384
_FIRST_DAY = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # of no time zone
_LAST_SERIAL = {False: 2_958_465, True: 2_957_003}  # 9999-12-31


class Odd(NamedTuple):
    """A date, a percentage, the error of a formula, or a formula that was never worked out; `text` is as it looks."""

    kind: Literal["date", "percent", "error", "unworked"]
    text: str
    number: float = 0.0


Cell = str | float | bool | Odd


def letters(column: int) -> str:
    """The name of a column, counted from 1: A, B, ... XFD."""
    name = ""
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(65 + place) + name
    return name


def column_number(name: str) -> int:
    """The column of its name, from 1; 0 when it is none."""
    number = 0
    for letter in name:
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number if number <= MOST_SHEET_COLUMNS else 0


def date_text(serial: float, *, from_1904: bool) -> str:
    """A day, a time or both, as ISO 8601 writes them."""
    if not 0 <= serial <= _LAST_SERIAL[from_1904]:
        return repr(serial)
    moment = _FIRST_DAY[from_1904] + timedelta(seconds=round(serial * 86_400))
    if serial < 1:
        return moment.strftime("%H:%M:%S")
    return moment.strftime("%Y-%m-%d" if serial == int(serial) else "%Y-%m-%d %H:%M:%S")


def percent_text(number: float) -> str:
    """A share as a percentage."""
    return f"{spelled(round(number * 100, 10))}%"


class Merged(NamedTuple):
    """A range of merged cells; its content is in the first cell. Columns count from 1, ends are included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    @classmethod
    def parse(cls, reference: str) -> "Merged | None":
        """The range that a reference names, like B3:C9; None when it names none."""
        ends = [_place(part) for part in reference.replace("$", "").split(":")]
        if len(ends) != 2 or not all(row and column for row, column in ends):
            return None
        (top, left), (bottom, right) = ends
        return cls(min(top, bottom), max(top, bottom), min(left, right), max(left, right))


def _place(reference: str) -> tuple[int, int]:
    name = reference.rstrip("0123456789")
    number = reference[len(name) :]
    row = int(number) if number and len(number) < 9 else 0
    return row if row <= MOST_SHEET_ROWS else 0, column_number(name)
