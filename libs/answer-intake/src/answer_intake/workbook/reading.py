"""Reads answers from a workbook: our template as it comes back, or any sheet with a heading that says what is what."""

from collections.abc import Iterable, Mapping

from answer_intake.decimals import settle
from answer_intake.findings import UnreadableError
from answer_intake.headings import PRINTED, column_of, places
from answer_intake.rows import COLUMNS, MOST_COLUMNS, MOST_ROWS, Row
from answer_intake.showing import shown
from answer_intake.workbook.book import Book
from answer_intake.workbook.cells import Cell, letters
from answer_intake.workbook.claims import read_claims
from answer_intake.workbook.finding_sheets import Headed, find_sheets, rows_below
from answer_intake.workbook.merged import tell_merged
from answer_intake.workbook.placed import WorkbookTable, worked
from answer_intake.workbook.sheet import SheetRow
from answer_intake.workbook.values import LONGEST_FIGURE, figure_of, is_blank, short_of, text_of, year_of


def read_workbook(body: bytes, *, many: bool) -> WorkbookTable:
    """The rows of a workbook, counted as it shows them; rows without anything in our columns are passed over.

    In a template, rows that have nothing but code and year are passed over, too. What the template says of itself is
    in `template` of the table; `facts.refuse_other` compares it with what is expected.

    Raises:
        UnreadableError: it is no workbook that may be read (see `guards`), has no heading, or has too many rows.
    """
    book = Book(body)
    found = find_sheets(book)
    table = WorkbookTable(template=found.template)
    if found.answers is None:
        if found.is_empty:
            return table
        raise UnreadableError("workbook.no_heading", {"expected": COLUMNS[1:]})
    table.sheet = found.answers.sheet.name
    if found.claims is not None:
        table.claims_sheet = found.claims.sheet.name
        table.are_claims_first = book.sheets.index(found.claims.sheet) < book.sheets.index(found.answers.sheet)
    for name in found.missed:
        table.find(None, None, "workbook.sheet_not_read", {"sheet": shown(name), "read": shown(table.sheet)})
    _read_answers(book, found.answers, table, many=many)
    if found.claims is not None:
        read_claims(book, found.claims, table)
    return table


def _read_answers(book: Book, headed: Headed, table: WorkbookTable, *, many: bool) -> None:
    table.letters = letters_of(headed.heading)
    columns = places(headed.heading, table, row=headed.row, many=many)
    if columns is None:
        return
    texts: list[str | None] = []
    beside: dict[int, list[str]] = {}
    hidden: list[int] = []
    for row in rows_below(book, headed):
        filled = {name for name, place in columns.items() if not is_blank(row.cells.get(place + 1))}
        if len(row.cells) > len(filled):
            _look_beside(row, headed.heading, beside)
        if not filled or (table.template is not None and filled <= PRINTED):
            continue
        _count(table)
        if row.is_hidden:
            hidden.append(row.number)
        cells = worked(row.number, {name: row.cells.get(place + 1) for name, place in columns.items()}, table)
        table.rows.append(_row(row.number, cells))
        value = cells["value"]
        texts.append(short_of(value, LONGEST_FIGURE) if isinstance(value, str) else None)
    settle(table, texts)
    tell_merged(book.merged(headed.sheet), columns, table)
    _tell_hidden(hidden, table)
    _tell_beside(beside, table)


def letters_of(heading: Iterable[str]) -> dict[str, str]:
    """The letters of columns by name, or by heading where it is none of ours."""
    found: dict[str, str] = {}
    for column, written in enumerate(heading, start=1):
        if written:
            found.setdefault(column_of(written) or shown(written), letters(column))
    return found


def _row(number: int, cells: Mapping[str, Cell | None]) -> Row:
    return Row(
        number,
        short_of(cells.get("administration")),
        short_of(cells.get("code")),
        year_of(cells.get("year")),
        figure_of(cells.get("value")),
        short_of(cells.get("state")),
        text_of(cells.get("reason")),
        text_of(cells.get("comment")),
        short_of(cells.get("status")),
        short_of(cells.get("period")),
    )


def _count(table: WorkbookTable) -> None:
    table.received += 1
    if table.received > MOST_ROWS:
        raise UnreadableError("answers.too_many_rows", {"most": MOST_ROWS})


def _look_beside(row: SheetRow, heading: list[str], beside: dict[int, list[str]]) -> None:
    """Something stands in a column without heading: it is not read, and that is said once a column."""
    for column, cell in row.cells.items():
        is_named = column <= len(heading) and heading[column - 1]
        if not is_named and not is_blank(cell) and len(beside) < MOST_COLUMNS:
            beside.setdefault(column, []).append(f"{letters(column)}{row.number}")


def _tell_beside(beside: Mapping[int, list[str]], table: WorkbookTable) -> None:
    for cells in beside.values():
        table.find(None, None, "workbook.beside", {"first": cells[0], "cells": len(cells)})


def _tell_hidden(hidden: list[int], table: WorkbookTable) -> None:
    if hidden:
        table.find(None, None, "workbook.hidden_rows", {"rows": len(hidden), "first": hidden[0]})
