"""Writes answers as a workbook that reads back as the very same answers, and lists of errors as workbooks."""

import io
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from answer_intake.findings import Finding
from answer_intake.rows import columns_for
from answer_intake.workbook.errors_sheet import ErrorsPlace, write_errors
from answer_intake.workbook.looks import Looks
from answer_intake.workbook.template_words import WORDS
from answer_intake.workbook.vocabulary import HEADINGS, language_of

MOST_LISTED = 20_000  # takes about a second
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
WIDTHS = {"administration": 14, "code": 34, "reason": 40, "comment": 40, "period": 23}


def write_workbook(items: Iterable[Mapping[str, Any]], *, many: bool, language: str = "en") -> bytes:
    """Rows as `writing.items_of` makes them, below a heading; figures are numbers, and everything else is text."""
    spoken = language_of(language)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    looks, sheet = Looks(book), book.add_worksheet(WORDS[spoken].answers)
    columns = columns_for(many=many)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS.get(column, 12))
        looks.text(sheet, 0, place, HEADINGS[spoken][column], "heading")
    sheet.freeze_panes(1, 0)
    for number, item in enumerate(items, start=1):
        for place, column in enumerate(columns):
            _write(sheet, looks, number, place, item.get(column))
    book.close()
    return target.getvalue()


def write_findings(findings: Collection[Finding], language: str) -> bytes:
    """A workbook with nothing but the sheet of errors, for those whose file was none; lists `MOST_LISTED` of them."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    write_errors(book, Looks(book), findings, ErrorsPlace("", {}, language_of(language)), most=MOST_LISTED)
    book.close()
    return target.getvalue()


def _write(sheet: Worksheet, looks: Looks, row: int, column: int, cell: object) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        looks.number(sheet, row, column, float(cell), "plain")
    elif cell is not None and cell != "":
        looks.text(sheet, row, column, str(cell), "plain")
