"""Finds the sheets that matter: the answers, the claims, the facts of a template, and answers that would be missed."""

from collections.abc import Iterator
from typing import NamedTuple

from answer_intake.headings import HEADING_WITHIN, REQUIRED, columns_in
from answer_intake.workbook.book import Book, Sheet
from answer_intake.workbook.cells import Cell
from answer_intake.workbook.facts import FACTS_SHEET, TemplateFacts, facts_in
from answer_intake.workbook.sheet import SheetRow

CLAIM_COLUMNS = frozenset({"code", "state", "reason"})


class Headed(NamedTuple):
    """A sheet with its heading: the row that it stands in and its cells as text, from column 1 on."""

    sheet: Sheet
    row: int
    heading: list[str]
    columns: frozenset[str]


class Found(NamedTuple):
    """The sheets that matter. `answers` may be a sheet whose heading lacks a column; None: no sheet has anything."""

    answers: Headed | None
    claims: Headed | None
    missed: list[str]
    template: TemplateFacts | None
    is_empty: bool


def find_sheets(book: Book) -> Found:
    """Look at the first rows of every sheet that is not hidden."""
    headed = [best for sheet in book.sheets if not sheet.is_hidden and (best := _headed(book, sheet))]
    complete = [each for each in headed if each.columns.issuperset(REQUIRED)]
    claims = [each for each in headed if each.columns >= CLAIM_COLUMNS and not each.columns & {"year", "value"}]
    known = [each for each in headed if each.columns and each not in claims]
    answers = next(iter(complete or known), None)
    missed = [each.sheet.name for each in complete[1:]]
    return Found(answers, claims[0] if claims else None, missed, _template(book), not headed)


def rows_below(book: Book, headed: Headed) -> Iterator[SheetRow]:
    """The rows after the heading."""
    return (row for row in book.rows(headed.sheet) if row.number > headed.row)


def as_text(cell: Cell | None) -> str:
    """A cell of a heading."""
    return cell.strip() if isinstance(cell, str) else "" if cell is None else str(getattr(cell, "text", cell))


def _headed(book: Book, sheet: Sheet) -> Headed | None:
    """The row among the first that has most names of columns; None for a sheet without anything."""
    rows = book.rows(sheet)
    first = next(rows, None)
    if first is None:
        return None
    best = _row_headed(sheet, first)
    for row in rows:
        if row.number > HEADING_WITHIN:
            break
        tried = _row_headed(sheet, row)
        if len(tried.columns) > len(best.columns):
            best = tried
    return best


def _row_headed(sheet: Sheet, row: SheetRow) -> Headed:
    heading = [as_text(row.cells.get(column)) for column in range(1, max(row.cells) + 1)]
    return Headed(sheet, row.number, heading, columns_in(heading))


def _template(book: Book) -> TemplateFacts | None:
    sheet = next((sheet for sheet in book.sheets if sheet.name == FACTS_SHEET), None)
    return None if sheet is None else facts_in(book.rows(sheet))
