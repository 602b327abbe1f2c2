"""Gives a sender's workbook back with the faulty cells coloured, and a sheet of errors in front."""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from answer_intake.findings import Finding
from answer_intake.wording import words
from answer_intake.workbook.book import Book, Sheet
from answer_intake.workbook.cells import Cell, Odd
from answer_intake.workbook.errors_sheet import is_ours, write_errors
from answer_intake.workbook.facts import FACTS_SHEET
from answer_intake.workbook.finding_sheets import find_sheets
from answer_intake.workbook.looks import Looks
from answer_intake.workbook.placed import place_of
from answer_intake.workbook.vocabulary import Language, language_of

MOST_COMMENTS = 20_000  # thousands of them make spreadsheet programs slow; the sheet of errors has all
LONGEST_COMMENT = 1_000
LONGEST_TEXT = 32_000
WIDEST = 50
Marks = Mapping[int, Mapping[int, list[str]]]  # row: column: what is wrong


def mark(body: bytes, findings: Iterable[Finding], language: str) -> bytes:
    """The workbook written anew: values only, texts never as formulas, and every error where it is and in a list.

    Raises:
        UnreadableError: the body is not the workbook that the findings are about, but one that cannot be read.
    """
    source, spoken, found = Book(body), language_of(language), list(findings)
    answers = find_sheets(source).answers
    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    looks = Looks(book)
    kept = [sheet for sheet in source.sheets if _is_kept(source, sheet)]
    name = answers.sheet.name if answers else ""
    write_errors(book, looks, found, name, spoken, {sheet.name.lower() for sheet in kept})
    marks = _marks(found, name, spoken)
    for sheet in kept:
        heading = answers.row if answers and sheet.name == name else 0
        _copy(book, looks, source, sheet, marks.get(sheet.name, {}), heading)
    book.close()
    return target.getvalue()


def _is_kept(source: Book, sheet: Sheet) -> bool:
    """Hidden sheets are left out but for ours, and so are the errors of an earlier time."""
    if sheet.is_hidden:
        return sheet.name == FACTS_SHEET
    first = next(source.rows(sheet), None)
    return first is None or not is_ours(first.cells.get(1))


def _marks(findings: Iterable[Finding], answers: str, language: Language) -> dict[str, Marks]:
    marks: dict[str, dict[int, dict[int, list[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for finding in findings:
        place = place_of(finding, answers)
        if place is not None:
            marks[place[0]][place[1]][place[2]].append("\n".join(words(finding, language)))
    return {**marks}


def _copy(book: xlsxwriter.Workbook, looks: Looks, source: Book, sheet: Sheet, marks: Marks, heading: int) -> None:
    copy = book.add_worksheet(sheet.name)
    widths: dict[int, int] = {}
    commented = 0
    left = sorted(marks)
    for row in source.rows(sheet):
        while left and left[0] < row.number:
            commented += _row(copy, looks, left[0], {}, marks[left.pop(0)], commented)
        here = marks.get(row.number, {})
        if left and left[0] == row.number:
            left.pop(0)
        commented += _row(copy, looks, row.number, row.cells, here, commented)
        if row.number >= heading:
            for column, cell in row.cells.items():
                widths[column] = max(widths.get(column, 8), min(WIDEST, len(_shown(cell)) + 2))
    for number in left:
        commented += _row(copy, looks, number, {}, marks[number], commented)
    for column, width in widths.items():
        copy.set_column(column - 1, column - 1, width)
    if heading:
        copy.freeze_panes(heading, 0)
    if sheet.is_hidden:
        copy.very_hidden()


def _row(
    sheet: Worksheet, looks: Looks, number: int, cells: Mapping[int, Cell], marks: Mapping[int, list[str]], told: int
) -> int:
    """Write a row; how many comments it has got."""
    for column in sorted({*cells, *marks}):
        _cell(sheet, looks, number - 1, column - 1, cells.get(column, ""), is_faulty=column in marks)
    if told >= MOST_COMMENTS:
        return 0
    for column, texts in marks.items():
        comment = "\n\n".join(texts)[:LONGEST_COMMENT]
        sheet.write_comment(number - 1, column - 1, comment, {"x_scale": 2, "y_scale": 1.2})
    return len(marks)


def _cell(sheet: Worksheet, looks: Looks, row: int, column: int, cell: Cell, *, is_faulty: bool) -> None:
    look = "faulty" if is_faulty else "plain"
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, looks[look])
    elif isinstance(cell, float):
        looks.number(sheet, row, column, cell, look)
    elif isinstance(cell, Odd) and cell.kind == "percent":
        sheet.write_number(row, column, cell.number, looks[f"{look}_percent"])
    else:
        looks.text(sheet, row, column, _shown(cell)[:LONGEST_TEXT], look)


def _shown(cell: Cell) -> str:
    if isinstance(cell, Odd):
        return "#N/A" if cell.kind == "unworked" else cell.text  # so that it is not taken for an empty cell
    return str(cell)
