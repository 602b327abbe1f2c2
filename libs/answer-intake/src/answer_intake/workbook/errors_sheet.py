"""Writes the sheet of errors of a marked workbook: the causes first, then every error with a link to its cell."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from answer_intake.findings import Finding
from answer_intake.grouping import groups
from answer_intake.showing import row_on
from answer_intake.wording import words
from answer_intake.workbook.cells import MOST_SHEET_ROWS, letters
from answer_intake.workbook.looks import Looks
from answer_intake.workbook.placed import place_of, quoted
from answer_intake.workbook.vocabulary import Language

MOST_LINKS = 60_000  # Excel itself takes 65,530 on a sheet
ERRORS_A_BATCH = 5_000


class _Words(NamedTuple):
    name: str
    none: str
    lead: str
    all: str
    headings_of_causes: tuple[str, ...]
    headings: tuple[str, ...]
    rest: str


_WORDS: Mapping[Language, _Words] = {
    "en": _Words(
        "Errors",
        "No errors were found.",
        "Causes: {causes}, errors: {errors}. The cells are coloured in the sheets, with the text as a comment.",
        "Every error, in the order of the sheets and rows",
        ("Rows", "First row", "Column", "Cause", "What to do"),
        ("Cell", "Row", "Column", "Error", "What to do"),
        "... and {more} more; the list as CSV has all of them.",
    ),
    "fr": _Words(
        "Erreurs",
        "Aucune erreur n'a été trouvée.",
        "Causes : {causes}, erreurs : {errors}. Les cellules sont colorées, avec le texte en commentaire.",
        "Chaque erreur, dans l'ordre des feuilles et des lignes",
        ("Lignes", "Première ligne", "Colonne", "Cause", "Que faire"),
        ("Cellule", "Ligne", "Colonne", "Erreur", "Que faire"),
        "... et {more} autres ; la liste en CSV les contient toutes.",
    ),
}
LONGEST_NAME = 31
_ODD_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
WIDTHS = (16, 14, 16, 80, 80)
OUR_MARK = "openpmm.errors/1"  # so that a marked workbook that is marked again does not keep its old errors


def is_ours(first_cell: object) -> bool:
    """Whether a sheet that begins so is a sheet of errors."""
    return first_cell == OUR_MARK


class ErrorsPlace(NamedTuple):
    """The sheet that errors without a sheet are on, what the copies of all sheets are called, and the language."""

    answers: str
    names: Mapping[str, str]
    language: Language


def nobody(rows: int) -> None:
    """Nobody follows."""


def write_errors(
    book: xlsxwriter.Workbook,
    looks: Looks,
    findings: Collection[Finding],
    where: ErrorsPlace,
    advance: Callable[[int], None] = nobody,
    most: int = MOST_SHEET_ROWS,
) -> int:
    """The first sheet: causes, most rows first, and below them all errors that it has room for, `most` of them.

    `advance` is told half of the rows that are done; the caller gets that of all.
    """
    said = _WORDS[where.language]
    sheet = book.add_worksheet(free_name(said.name, {name.lower() for name in where.names.values()}))
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    looks.text(sheet, 0, 0, OUR_MARK, "mark")
    causes = groups(findings, where.language)
    lead = said.lead.format(causes=len(causes), errors=len(findings)) if findings else said.none
    looks.text(sheet, 0, 1, lead, "title")
    if not findings:
        return 0
    row = _headings(sheet, looks, 2, said.headings_of_causes)
    for cause in causes:
        _count(sheet, looks, row, 0, cause["rows"])
        _first(sheet, looks, row, cause)
        looks.text(sheet, row, 2, cause.get("column", ""), "wrapped")
        looks.text(sheet, row, 3, cause["cause"], "wrapped")
        looks.text(sheet, row, 4, cause["hint"], "wrapped")
        row += 1
    looks.text(sheet, row + 1, 0, said.all, "title")
    row = _headings(sheet, looks, row + 2, said.headings)
    room = min(most, MOST_SHEET_ROWS - row - 1)
    done = 0
    for number, finding in enumerate(islice(findings, room)):
        done = max(done, (finding.row or 0) // 2)  # the rows of the next sheet begin at 1 again
        if number % ERRORS_A_BATCH == 0:
            advance(done)
        _error(sheet, looks, row + number, finding, where, is_linked=number < MOST_LINKS)
    if len(findings) > room:
        looks.text(sheet, row + room, 0, said.rest.format(more=len(findings) - room), "plain")
    return done


def _error(sheet: Worksheet, looks: Looks, row: int, finding: Finding, where: ErrorsPlace, *, is_linked: bool) -> None:
    place = place_of(finding, where.answers)
    if place is not None and place[0] in where.names and is_linked:
        name, number, column = place
        cell = f"{letters(column)}{number}"
        link = f"internal:{quoted(where.names[name])}!{cell}"
        sheet.write_url(row, 0, link, looks["link"], finding.cell or cell)
    else:
        looks.text(sheet, row, 0, finding.cell or "", "plain")
    _count(sheet, looks, row, 1, finding.row)
    message, hint = words(finding, where.language)
    for column, text in enumerate((finding.column or "", message, hint), start=2):
        looks.text(sheet, row, column, text, "plain")


def _first(sheet: Worksheet, looks: Looks, row: int, cause: Mapping[str, Any]) -> None:
    """The first row of a cause, with its sheet where there are several."""
    if "first_sheet" in cause:
        looks.text(sheet, row, 1, str(row_on(cause["first_row"], cause["first_sheet"])), "plain")
    else:
        _count(sheet, looks, row, 1, cause["first_row"])


def _count(sheet: Worksheet, looks: Looks, row: int, column: int, count: int | None) -> None:
    if count:
        sheet.write_number(row, column, int(count), looks["plain"])


def _headings(sheet: Worksheet, looks: Looks, row: int, names: Sequence[str]) -> int:
    for column, name in enumerate(names):
        looks.text(sheet, row, column, name, "heading")
    return row + 1


def free_name(name: str, taken: set[str]) -> str:
    """A name for a sheet that every program takes: the wanted one, else without odd marks, shorter, or numbered."""
    plain = _ODD_IN_NAMES.sub("_", name).strip("' ") or "Sheet"
    tried, number = plain[:LONGEST_NAME], 1
    while tried.lower() in taken or tried.lower() == "history":  # a name that Excel keeps for itself
        number += 1
        tried = f"{plain[: LONGEST_NAME - 5]} {number}"
    return tried
