"""Makes of the cells of a workbook what the columns of answers hold: codes, years, figures and texts."""

from answer_intake.findings import Unreadable
from answer_intake.numbers import read_number, read_year, spelled, year_parameters
from answer_intake.showing import shown
from answer_intake.workbook.cells import Cell, Odd


def text_of(cell: Cell | None) -> str | Unreadable | None:
    """A text; a figure in its place is taken as it looks, the error of a formula is not."""
    if cell is None or type(cell) is str:
        return cell.strip() or None if cell else None
    if isinstance(cell, Odd):
        return _unreadable(cell) if cell.kind in ("error", "unworked") else cell.text
    return _spelled(cell)


def code_of(cell: Cell | None) -> str | Unreadable | None:
    """A code; one that the spreadsheet took for a date is not guessed at."""
    if isinstance(cell, Odd) and cell.kind == "date":
        return Unreadable("workbook.code_is_date", {"found": shown(cell.text)})
    return text_of(cell)


def year_of(cell: Cell | None) -> int | Unreadable | None:
    """A calendar year."""
    if type(cell) is float and cell.is_integer():
        return int(cell)
    if cell is None or cell == "":
        return None
    if isinstance(cell, Odd):
        return _dated_year(cell)
    return read_year(cell.strip() if isinstance(cell, str) else _spelled(cell))


def figure_of(cell: Cell | None) -> float | Unreadable | bool | None:
    """A figure. Dates and percentages are told, and not guessed at: 85 % is 0.85 in the file, and may mean either."""
    if type(cell) is float or cell is None:
        return cell
    if type(cell) is str:
        bare = cell.strip()
        return read_number(bare) if bare else None
    if not isinstance(cell, Odd):
        return bool(cell)
    if cell.kind == "percent":
        whole = spelled(round(cell.number * 100, 10))
        return Unreadable("workbook.percent", {"found": cell.text, "first": whole, "second": spelled(cell.number)})
    return _unreadable(cell)


def _dated_year(cell: Odd) -> Unreadable | int:
    if cell.kind != "date":
        return _unreadable(cell)
    if cell.number.is_integer() and 1900 <= cell.number < 2200:
        # A year that was typed into a cell which is formatted as a date: it shows a day of 1905, and holds 2024.
        return int(cell.number)
    return Unreadable("answers.not_a_year", year_parameters(cell.text))


def _unreadable(cell: Odd) -> Unreadable:
    if cell.kind == "error":
        return Unreadable("answers.spreadsheet_error", {"found": shown(cell.text)})
    if cell.kind == "unworked":
        return Unreadable("workbook.formula_without_result")
    return Unreadable("answers.looks_like_date", {"found": shown(cell.text)})


def _spelled(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return spelled(cell) if isinstance(cell, float) else str(cell)
