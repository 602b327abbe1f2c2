"""Workbooks that come back with their faulty cells marked."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import openpyxl
import pytest

from answer_intake.checking import Checked
from answer_intake.findings import Finding
from answer_intake.workbook import marked, writing
from answer_intake.workbook.given import TemplateCycle
from answer_intake.workbook.marked import mark
from answer_intake.workbook.placed import WorkbookTable
from answer_intake.workbook.reading import read_workbook
from answer_intake.workbook.template import make_template
from answer_intake.workbook.writing import write_findings
from framework_spec.document import Framework

Build = Callable[..., bytes]
Rezip = Callable[[bytes, Mapping[str, bytes | None]], bytes]
Judge = Callable[[bytes], tuple[WorkbookTable, Checked]]
RED = "FFFFC7CE"
HEADING = ("code", "year", "value", "comment")


def opened(body: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(body))


def coloured(sheet: Any) -> dict[str, str]:
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == RED)
    return {cell.coordinate: cell.comment.text for cell in cells}


@pytest.fixture
def faulty(build: Build) -> bytes:
    """Four faulty cells in three rows, two of them empty, and things that a rewrite must not lose or bring to life."""
    rows = [
        ("ALL", 2024, 5, "fine"),
        ("NOPE", 2024, -1, "#HYPERLINK(1)"),
        ("GOOD", None, None, "+44 1"),
        ("SHARE", 2024, -1, True),
    ]
    return build(*rows, heading=HEADING, more={"Errors": [("mine",)], "It's": [(0.5, date(2024, 1, 2), "#N/A")]})


def test_colours_the_faulty_cells_and_says_why(faulty: bytes, judge: Judge) -> None:
    _, checked = judge(faulty)
    book = opened(mark(faulty, checked.findings, "en"))
    assert book.sheetnames == ["Errors 2", "Sheet", "Errors", "It's"]
    found = coloured(book["Sheet"])
    assert set(found) == {finding.cell for finding in checked.findings} == {"A3", "B4", "C4", "C5"}
    assert found["A3"].startswith("The framework has no input NOPE.")


def test_lists_causes_and_every_error_with_a_link(faulty: bytes, judge: Judge) -> None:
    _, checked = judge(faulty)
    sheet = opened(mark(faulty, checked.findings, "fr")).worksheets[0]
    assert sheet.title == "Erreurs"
    links = {cell.value: cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links == {cell: f"'Sheet'!{cell}" for cell in ("A3", "B4", "C4", "C5")}
    assert [cell.value for cell in sheet[3]] == ["Lignes", "Première ligne", "Colonne", "Cause", "Que faire"]


def test_keeps_values_as_they_are_and_brings_no_formula_to_life(faulty: bytes, judge: Judge) -> None:
    book = opened(mark(faulty, judge(faulty)[1].findings, "en"))
    assert [cell.value for cell in book["Sheet"][2]] == ["ALL", 2024, 5, "fine"]
    assert [cell.value for cell in book["It's"][1]] == [0.5, "2024-01-02", "#N/A"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_text_that_looks_like_a_formula_stays_a_text(build: Build) -> None:
    texts = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "{=1}", "http://example.org"]

    def as_texts(book: Any) -> None:
        for row, text in enumerate(texts, start=2):
            book.active.cell(row, 4, text).data_type = "s"

    body = build(*[("ALL", 2024, 1, None)] * len(texts), heading=HEADING, change=as_texts)
    sheet = opened(mark(body, [Finding("answers.value_required", 3, "value", cell="C3")], "en"))["Sheet"]
    cells = [sheet.cell(row, 4) for row in range(2, 2 + len(texts))]
    assert [cell.value for cell in cells] == texts
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)


def test_a_row_as_a_whole_and_a_row_that_is_not_there_are_marked_in_their_first_cell(build: Build) -> None:
    findings = [Finding("answers.value_required", 2), Finding("answers.value_required", 9), Finding("answers.empty")]
    sheet = opened(mark(build(("ALL", 2024, 1)), findings, "en"))["Sheet"]
    assert set(coloured(sheet)) == {"A2", "A9"}


def test_a_marked_template_is_still_one_and_can_be_marked_again(framework: Framework, judge: Judge) -> None:
    book = opened(make_template(framework, TemplateCycle("c", "Cycle", 2024), "KEN", "fr"))
    book.worksheets[0]["G7"], book.worksheets[2]["D4"] = "lots", "no state"
    target = io.BytesIO()
    book.save(target)
    body = target.getvalue()
    for _ in range(2):
        table, checked = judge(body)
        assert [finding.cell for finding in checked.findings] == ["Réponses!G7", "'KPI écartés'!C4"]
        body = mark(body, checked.findings, "fr")
        assert opened(body).sheetnames == ["Erreurs", *book.sheetnames]
        assert opened(body)["openpmm"].sheet_state == "veryHidden"
        assert table.template is not None
    assert set(coloured(opened(body)["KPI écartés"])) == {"C4"}


def test_a_formula_without_result_is_not_lost_on_the_way_back(build: Build, judge: Judge) -> None:
    body = build(("ALL", 2024, "=1+1"))
    again = mark(body, judge(body)[1].findings, "en")
    assert [finding.code for finding in judge(again)[1].findings] == ["answers.spreadsheet_error"]


def test_nothing_wrong_is_said_too(build: Build) -> None:
    book = opened(mark(build(("ALL", 2024, 1)), [], "en"))
    assert book.worksheets[0]["B1"].value == "No errors were found."
    assert read_workbook(mark(build(("ALL", 2024, 1)), [], "en"), many=False).received == 1


def test_names_of_sheets_that_excel_would_not_take_are_made_takeable(build: Build, rezip: Rezip, judge: Judge) -> None:
    body = build(("NOPE", 2024, 1), more={"Errors": [("x",)]})
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        book = archive.read("xl/workbook.xml").decode()
    for name in ("a/b:c", "x" * 40, "'quoted'", "errors", "History", "", "é"):
        odd = rezip(body, {"xl/workbook.xml": book.replace('name="Sheet"', f'name="{name}"').encode()})
        book_again = opened(mark(odd, judge(odd)[1].findings, "en"))
        assert set(coloured(book_again.worksheets[1])) == {"A2"}
        links = [cell.hyperlink for row in book_again.worksheets[0].iter_rows() for cell in row if cell.hyperlink]
        assert [link.location.rpartition("!")[2] for link in links] == ["A2"]


def test_a_text_that_many_cells_refer_to_is_not_written_out_for_all_of_them(
    build: Build, rezip: Rezip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marked, "MOST_TEXT", 50_000)
    body = build(*[("ALL", 2024, 1, "long " * 2_000)] * 50, heading=HEADING)
    lengths = [len(row[3].value) for row in opened(mark(body, [], "en"))["Sheet"].iter_rows(min_row=2)]
    assert lengths[:5] == [10_000] * 5
    assert lengths[-40:] == [60] * 40


def test_errors_of_a_file_that_is_no_workbook_make_one(judge: Judge) -> None:
    findings = [Finding("answers.value_required", 3, "value"), Finding("answers.empty")]
    sheet = opened(write_findings(findings, "en")).worksheets[0]
    lines = [[cell.value for cell in row][:3] for row in sheet.iter_rows()]
    assert lines[-2:] == [[None, 3, "value"], [None, None, None]]


def test_a_list_of_very_many_errors_says_where_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_LISTED", 2)
    sheet = opened(write_findings([Finding("answers.value_required", row, "value") for row in (2, 3, 4)], "en")).active
    assert [sheet.cell(row, 1).value for row in range(sheet.max_row - 2, sheet.max_row + 1)] == [
        None,
        None,
        "... and 1 more; the list as CSV has all of them.",
    ]


def test_marking_tells_how_far_it_is_and_can_be_ended(build: Build) -> None:
    rows, told = 2_500, list[int]()
    body = build(*[("ALL", 2024, 1)] * rows)
    findings = [Finding("answers.value_required", row + 2, "value", cell=f"C{row + 2}") for row in range(rows)]
    mark(body, findings, "en", told.append)
    assert told == sorted(told)
    assert (told[0], len(told)) == (1, 4)
    assert rows // 2 < told[-1] <= rows

    def end(_: int) -> None:
        raise InterruptedError("enough")

    with pytest.raises(InterruptedError, match="enough"):
        mark(body, findings, "en", end)
