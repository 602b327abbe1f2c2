"""Makes of the cells of a workbook what the columns of answers hold: codes, years, figures and texts."""

from answer_intake.findings import Unreadable
from answer_intake.numbers import read_number, read_year, spelled, year_parameters
from answer_intake.showing import shown
from answer_intake.workbook.cells import Cell, Odd

LONGEST_WORD = 100  # codes have 64 characters at most
LONGEST_FIGURE = 500


def is_blank(cell: Cell | None) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell | None) -> str | None:
    """A text; a figure, date or error in its place is taken as it looks."""
    if cell is None or type(cell) is str:
        return cell.strip() or None if cell else None
    return cell.text if isinstance(cell, Odd) else _spelled(cell)


def short_of(cell: Cell | None, most: int = LONGEST_WORD) -> str | None:
    """A text in a column whose texts are all short; what is longer is cut, and so still no right one."""
    text = text_of(cell)
    return text[:most] if text else text


def year_of(cell: Cell | None) -> int | Unreadable | None:
    """A calendar year."""
    if type(cell) is float and cell.is_integer():
        return int(cell) if 0 <= cell < 10_000 else read_year(spelled(cell))
    if cell is None or cell == "":
        return None
    if isinstance(cell, Odd):
        return _year_of_odd(cell)
    bare = short_of(cell)
    return read_year(bare) if bare else None


def figure_of(cell: Cell | None) -> float | Unreadable | bool | None:
    """A figure. Dates and percentages are told, and not guessed at: 85 % is 0.85 in the file, and may mean either."""
    if type(cell) is float or cell is None:
        return cell
    if type(cell) is str:
        bare = short_of(cell, LONGEST_FIGURE)
        return read_number(bare) if bare else None
    if not isinstance(cell, Odd):
        return bool(cell)
    if cell.kind == "percent":
        said = {"found": cell.text, "first": spelled(round(cell.number * 100, 10)), "second": spelled(cell.number)}
        return Unreadable("workbook.percent", said)
    code = "answers.spreadsheet_error" if cell.kind == "error" else "answers.looks_like_date"
    return Unreadable(code, {"found": shown(cell.text)})


def _year_of_odd(cell: Odd) -> int | Unreadable:
    is_year = cell.number.is_integer() and 1900 <= cell.number < 2200
    if cell.kind == "date" and is_year:
        # A year that was typed into a cell which is formatted as a date: it shows a day of 1905, and holds 2024.
        return int(cell.number)
    return Unreadable("answers.not_a_year", year_parameters(cell.text))


def _spelled(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return spelled(cell) if isinstance(cell, float) else str(cell)
