"""What is read from the cells of a workbook, and where findings say it stands."""

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
import python_calamine
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from answer_intake.checking import Checked
from answer_intake.findings import Finding, UnreadableError
from answer_intake.workbook.placed import WorkbookTable
from answer_intake.workbook.reading import read_workbook

Build = Callable[..., bytes]
Judge = Callable[[bytes], tuple[WorkbookTable, Checked]]
FULL = ("code", "year", "value", "state", "status", "reason", "comment", "period")


def codes(findings: list[Finding]) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.cell) for finding in findings]


def test_rows_count_as_the_sheet_counts_them(build: Build, judge: Judge) -> None:
    table, checked = judge(build(("ALL", 2024, 5), (), (None, None, None), ("NOPE", 2024, 1)))
    assert [row.number for row in table.rows] == [2, 5]
    assert table.received == 2
    assert codes(checked.findings) == [("answers.unknown_input", "A5")]


@pytest.mark.parametrize("value", [5, 5.0, "5", " 5 ", "=2+3"])
def test_figures_may_be_numbers_or_text(build: Build, judge: Judge, value: object) -> None:
    body = build(("ALL", 2024, value))
    if value == "=2+3":  # as a spreadsheet program saves it, with its result
        body = with_result(body, b"5")
    _, checked = judge(body)
    assert checked.taken.answers["KEN", "ALL", 2024].value == 5.0
    assert checked.findings == []


def with_result(body: bytes, result: bytes) -> bytes:
    import zipfile  # noqa: PLC0415

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name).replace(b"</f><v />", b"</f><v>" + result + b"</v>"))
    return target.getvalue()


@pytest.mark.parametrize(
    ("value", "number_format", "code"),
    [
        (datetime(2024, 3, 1), None, "answers.looks_like_date"),
        (date(2024, 3, 1), None, "answers.looks_like_date"),
        (time(12, 30), None, "answers.looks_like_date"),
        (True, None, "answers.not_a_number"),
        ("#DIV/0!", None, "answers.spreadsheet_error"),
        ("#N/A", None, "answers.spreadsheet_error"),
        ("=1/0", None, "workbook.formula_without_result"),
        (0.85, "0%", "workbook.percent"),
        (0.855, "0.00 %;[Red]-0.00 %", "workbook.percent"),
        ("85 %", None, "answers.not_a_number"),
        ("n/a", None, "answers.not_a_number"),
        (None, None, "answers.value_required"),
    ],
)
def test_what_is_no_figure_is_said_with_its_cell(
    build: Build, judge: Judge, value: object, number_format: str | None, code: str
) -> None:
    _, checked = judge(build(("SHARE", 2024, value), styled={"C2": number_format} if number_format else None))
    assert codes(checked.findings) == [(code, "C2")]


def test_a_day_beyond_the_last_one_is_said_whatever_day_is_the_first(build: Build, judge: Judge) -> None:
    def count_from_1904(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    body = build(("HOURS", 2024, 2_958_465), styled={"C2": "yyyy-mm-dd"}, change=count_from_1904)
    assert codes(judge(body)[1].findings) == [("answers.looks_like_date", "C2")]


@pytest.mark.parametrize("number_format", ["#,##0.00", '0.0" h"', "[Red]0.0", "General", "0.00E+00", '"day" 0', "@"])
def test_formats_that_are_only_for_show_change_no_figure(build: Build, judge: Judge, number_format: str) -> None:
    _, checked = judge(build(("HOURS", 2024, 12.5), styled={"C2": number_format}))
    assert checked.taken.answers["KEN", "HOURS", 2024].value == 12.5


@pytest.mark.parametrize("year", [2024, 2024.0, "2024", " 2024 "])
def test_years_may_be_numbers_or_text(build: Build, judge: Judge, year: object) -> None:
    assert judge(build(("ALL", year, 5)))[1].findings == []


def test_a_year_in_a_cell_formatted_as_a_date_is_the_year_that_was_typed(build: Build, judge: Judge) -> None:
    assert judge(build(("ALL", 2024, 5), styled={"B2": "yyyy-mm-dd"}))[1].findings == []


def test_a_date_is_no_year(build: Build, judge: Judge) -> None:
    _, checked = judge(build(("ALL", date(2024, 12, 31), 5)))
    assert codes(checked.findings) == [("answers.not_a_year", "B2")]
    assert checked.findings[0].parameters["year"] == 2024


def test_codes_that_became_numbers_are_told(build: Build, judge: Judge) -> None:
    _, checked = judge(build((100.0, 2024, 5), (date(2024, 9, 2), 2024, 5)))
    assert codes(checked.findings) == [("answers.mangled_code", "A2"), ("answers.mangled_code", "A3")]


@pytest.mark.parametrize(
    "heading",
    [
        ("Code", "Année", "Valeur", "État", "Statut", "Motif", "Commentaire", "Période"),
        ("CODE", "ANNEE", "VALEUR", "ETAT", "STATUT", "MOTIF", "COMMENTAIRE", "PERIODE"),
        ("code", "year", "value", "state", "status", "reason", "comment", "period"),
    ],
)
def test_headings_may_be_french_and_of_any_case(build: Build, judge: Judge, heading: tuple[str, ...]) -> None:
    row = ("HOURS", 2024, "12,5", None, "estimé", None, "relevé", "2023-07-01/2024-06-30")
    _, checked = judge(build(("Mesure de la performance",), (), heading, row, heading=None))
    assert checked.findings == []
    answer = checked.taken.answers["KEN", "HOURS", 2024]
    assert (answer.value, answer.status, answer.comment, answer.period) == (12.5, "E", "relevé", row[-1])


def test_the_heading_is_found_within_the_first_20_rows(build: Build, judge: Judge) -> None:
    above: list[tuple[str, ...]] = [("Some text",)] * 19
    assert len(judge(build(*above, ("code", "year", "value"), ("ALL", 2024, 1), heading=None))[1].taken.answers) == 1
    with pytest.raises(UnreadableError, match=r"^workbook\.no_heading$"):
        judge(build(*above, ("Text",), ("code", "year", "value"), ("ALL", 2024, 1), heading=None))


def test_a_heading_that_lacks_a_column_is_said(build: Build, judge: Judge) -> None:
    table, checked = judge(build(("ALL", 2024), heading=("code", "year")))
    assert [(finding.code, finding.column) for finding in checked.findings] == [("answers.missing_column", "value")]
    assert table.rows == []


def test_an_unknown_column_is_named_with_its_cell(build: Build, judge: Judge) -> None:
    _, checked = judge(build(("ALL", 2024, 1, "x"), heading=("code", "year", "value", "remarks")))
    assert codes(checked.findings) == [("answers.unknown_column", "D1")]


def test_what_stands_beside_the_table_is_noted_once_a_column(build: Build, judge: Judge) -> None:
    _, checked = judge(build(("ALL", 2024, 1, None, "see"), ("GOOD", 2024, 1, None, "me")))
    assert [(note.code, note.parameters["first"], note.parameters["cells"]) for note in checked.notes] == [
        ("workbook.beside", "E2", 2)
    ]
    assert len(checked.taken.answers) == 2


def test_an_empty_workbook_has_no_rows(build: Build, judge: Judge) -> None:
    assert codes(judge(build(heading=None))[1].findings) == [("answers.empty", None)]


def test_the_sheet_with_the_heading_is_read_and_others_like_it_are_named(build: Build, judge: Judge) -> None:
    more = {"2024": [("code", "year", "value"), ("ALL", 2024, 5)], "2023": [("code", "year", "value")]}
    table, checked = judge(build(("About this file",), heading=None, more=more))
    assert table.sheet == "2024"
    assert [(note.code, note.parameters["sheet"]) for note in checked.notes] == [("workbook.sheet_not_read", "2023")]


def test_hidden_sheets_are_not_read_and_hidden_rows_are_with_a_note(build: Build, judge: Judge) -> None:
    def hide(book: Any) -> None:
        book.active.row_dimensions[3].hidden = True
        book.create_sheet("old", 0).append(("code", "year", "value"))
        book["old"].sheet_state = "hidden"

    table, checked = judge(build(("ALL", 2024, 1), ("GOOD", 2024, 1), change=hide))
    assert len(table.rows) == 2
    assert [(note.code, note.parameters["rows"], note.parameters["first"]) for note in checked.notes] == [
        ("workbook.hidden_rows", 1, 3)
    ]


def test_merged_cells_are_told_where_they_leave_a_row_without_its_code(build: Build, judge: Judge) -> None:
    def merge(book: Any) -> None:
        book.active.merge_cells("A2:A3")
        book.active.merge_cells("E2:E3")

    _, checked = judge(build(("GOOD", 2024, 1), (None, "soon", "x"), change=merge))
    assert codes(checked.findings) == [
        ("workbook.merged_cell", "A3"),
        ("answers.not_a_year", "B3"),
        ("answers.not_a_number", "C3"),
    ]
    assert list(checked.taken.answers) == [("KEN", "GOOD", 2024)]


def test_a_formula_without_result_in_any_column_is_told(build: Build, judge: Judge) -> None:
    _, checked = judge(build(("=A1", "=2000+24", 5), ("ALL", 2024, 1)))
    assert codes(checked.findings) == [
        ("workbook.formula_without_result", "A2"),
        ("workbook.formula_without_result", "B2"),
    ]
    assert len(checked.taken.answers) == 1


@pytest.mark.parametrize("lost", range(len(FULL)))
def test_a_formula_without_result_hides_no_other_error_of_its_row_and_makes_none(
    build: Build, judge: Judge, lost: int
) -> None:
    wrong = ["NONE", 2024.5, "much", "missing", "soon", "x" * 2_001, "x" * 2_001, "next year"]
    row = [cell if place != lost else "=A1" for place, cell in enumerate(wrong)]
    _, checked = judge(build(row, heading=FULL))
    told = {finding.column: finding.code for finding in checked.findings}
    assert told[FULL[lost]] == "workbook.formula_without_result"
    assert len(told) == len(checked.findings)
    assert checked.taken.answers == {}


def test_a_lost_state_of_a_kpi_is_told_alone(build: Build, judge: Judge) -> None:
    claims = [("code", "state", "reason"), ("D1-1", "=A1", "?"), ("D1-1", "sans objet", "=A1"), ("XX", "écarté", "=A1")]
    _, checked = judge(build(("D1-1", None, None, "=A1", None, "?"), heading=FULL, more={"KPIs": claims}))
    assert codes(checked.findings) == [
        ("workbook.formula_without_result", "Sheet!D2"),
        ("workbook.formula_without_result", "'KPIs'!B2"),
        ("workbook.formula_without_result", "'KPIs'!C3"),
        ("workbook.formula_without_result", "'KPIs'!C4"),
        ("answers.unknown_kpi", "'KPIs'!A4"),
    ]
    assert checked.taken.claims == {}


def test_an_error_on_the_sheet_of_claims_spoils_no_row_of_the_answers(build: Build, judge: Judge) -> None:
    claims = [("code", "state", "reason"), ("D1-1", "perhaps", "?")]
    _, checked = judge(build(("ALL", 2024, 1), more={"KPIs": claims}))
    assert [(each.code, each.cell) for each in checked.findings] == [("answers.unknown_state", "'KPIs'!B2")]
    assert list(checked.taken.answers) == [("KEN", "ALL", 2024)]


def test_claims_may_stand_on_a_sheet_of_their_own(build: Build, judge: Judge) -> None:
    claims = [
        ("code", "state", "reason"),
        ("D1-1", "sans objet", "Pas de port"),
        ("D1-3", None, None),
        ("D1-3", "x", "y"),
    ]
    _, checked = judge(build(("ALL", 2024, 1), more={"KPI's": claims}))
    assert checked.taken.claims["KEN", "D1-1"][1:] == ("not_applicable", "Pas de port")
    assert [finding.cell for finding in checked.findings] == ["'KPI''s'!B4"]


def test_a_lone_cell_at_the_end_of_the_sheet_costs_nothing(build: Build, judge: Judge) -> None:
    def far(book: Any) -> None:
        book.active["XFD1048576"] = "here"

    _, checked = judge(build(("ALL", 2024, 1), change=far))
    assert len(checked.taken.answers) == 1
    assert [note.parameters["first"] for note in checked.notes] == ["XFD1048576"]


def test_reads_the_same_as_another_reader(build: Build) -> None:
    rows = [
        (f"C{number}", 2000 + number, number / 7, None, None, None, f"é <&> {number} \n x") for number in range(300)
    ]
    body = build(*rows, heading=FULL)
    table = read_workbook(body, many=False)
    other = python_calamine.load_workbook(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    ours = [(row.code, row.year, row.value, row.comment) for row in table.rows]
    assert ours == [(line[0], line[1], line[2], line[6]) for line in other[1:]]
