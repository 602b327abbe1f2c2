"""What the sheets say beside the cells that are filled in: units, causes, and every error with its place."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
import pytest

from answer_intake.findings import Finding
from answer_intake.grouping import groups
from answer_intake.wording import words
from answer_intake.workbook.given import TemplateCycle
from answer_intake.workbook.marked import mark
from answer_intake.workbook.reading import read_workbook
from answer_intake.workbook.template import make_template
from framework_spec.document import Framework
from framework_spec.reading import validate_document

Build = Callable[..., bytes]
Rezip = Callable[[bytes, Mapping[str, bytes | None]], bytes]
FINDINGS = [Finding("answers.unknown_input", row, "code", {"found": "NOPE"}, f"A{row}") for row in (2, 3)]


def opened(body: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(body))


def said(sheet: Any) -> list[list[Any]]:
    """The rows that say something, as far as they do."""
    rows = [[cell.value for cell in row if cell.value not in (None, "")] for row in sheet.iter_rows()]
    return [row for row in rows if row]


@pytest.mark.parametrize(
    ("language", "hours", "money"), [("en", "hours", "currency (EUR)"), ("fr", "heures", "monnaie (EUR)")]
)
def test_units_are_said_in_the_language_with_a_currency_that_is_not_the_member_s_own(
    framework: Framework, language: str, hours: str, money: str
) -> None:
    document = framework.document()
    changed = {"ALL": {"unit": "currency", "currency": "EUR", "type": "number"}, "GOOD": {"unit": "currency"}}
    document["inputs"] = [{**each, **changed.get(each["code"], {})} for each in document["inputs"]]
    body = make_template(validate_document(document), TemplateCycle("c", "Cycle", 2024), "KEN", language)
    units = {row[0].value: row[3].value for row in opened(body).worksheets[0].iter_rows(min_row=5) if row[0].value}
    assert (units["HOURS"], units["ALL"], units["XE2"]) == (hours, money, None)
    assert units["GOOD"] == money.removesuffix(" (EUR)")


def test_the_sheet_of_errors_tells_causes_first_and_then_every_error(build: Build) -> None:
    book = opened(mark(build(("NOPE", 2024, 1), ("NOPE", 2024, 2)), FINDINGS, "en"))
    message, hint = words(FINDINGS[0], "en")
    [cause] = groups(FINDINGS, "en")
    _, *rows = said(book.worksheets[0])
    assert rows == [
        ["Rows", "First row", "Column", "Cause", "What to do"],
        [2, 2, "code", cause["cause"], hint],
        ["Every error, in the order of the sheets and rows"],
        ["Cell", "Row", "Column", "Error", "What to do"],
        ["A2", 2, "code", message, hint],
        ["A3", 3, "code", message, hint],
    ]


def test_columns_of_a_marked_workbook_are_as_wide_as_their_texts(build: Build) -> None:
    heading = ("code", "year", "value", "comment")
    body = build(("NOPE", 2024, 1, "x" * 30), ("NOPE", 2024, 1, "x"), heading=heading)
    columns = opened(mark(body, FINDINGS, "en"))["Sheet"].column_dimensions
    assert columns["D"].width > 30 > columns["A"].width


def test_styles_that_are_no_numbers_are_no_styles(build: Build, rezip: Rezip) -> None:
    body = build(("ALL", 2024, 5))
    for odd in ("x", "-1", "²", "9" * 20):
        styles = (
            f'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1">'
            f'<numFmt numFmtId="{odd}" formatCode="0"/></numFmts><cellXfs><xf numFmtId="{odd}"/></cellXfs></styleSheet>'
        )
        [row] = read_workbook(rezip(body, {"xl/styles.xml": styles.encode()}), many=False).rows
        assert (row.code, row.year, row.value) == ("ALL", 2024, 5.0)
