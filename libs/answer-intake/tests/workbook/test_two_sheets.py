"""Findings in a workbook with answers on one sheet and KPIs left out on another: their order, rows and sheet."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

from answer_intake.checking import Checked
from answer_intake.formats import Format
from answer_intake.report import Report
from answer_intake.wording import words
from answer_intake.workbook.marked import mark
from answer_intake.workbook.placed import WorkbookTable, place_of

Build = Callable[..., bytes]
Judge = Callable[[bytes], tuple[WorkbookTable, Checked]]
FULL = ("code", "year", "value", "state", "reason")
CLAIMS = ("code", "state", "reason")
ANSWERS = (("ALL", 2024, 5, "bogus"), ("NOPE", 2024, 1), ("ALL", 2024, -1))
LEFT_OUT = (("D1-1", "bogus", "?"), ("D1-1", "not applicable"), ("D1-9", "opted out", "?"))
IN_ANSWERS = ["Sheet!D2", "Sheet!A3", "Sheet!C4"]
IN_CLAIMS = ["'KPIs left out'!B2", "'KPIs left out'!C3", "'KPIs left out'!A4"]


def workbook(build: Build, *, claims: Sequence[Sequence[Any]] = LEFT_OUT, first: bool = False) -> bytes:
    """Three faults on each sheet, in rows of the same numbers; the claims may come `first`."""

    def change(book: Any) -> None:
        book.move_sheet("KPIs left out", -1 if first else 0)

    return build(*ANSWERS, heading=FULL, more={"KPIs left out": [CLAIMS, *claims]}, change=change)


@pytest.mark.parametrize(("first", "expected"), [(False, IN_ANSWERS + IN_CLAIMS), (True, IN_CLAIMS + IN_ANSWERS)])
def test_errors_come_sheet_by_sheet_in_the_order_of_the_workbook(
    build: Build, judge: Judge, first: bool, expected: list[str]
) -> None:
    table, checked = judge(workbook(build, first=first))
    assert [finding.cell for finding in checked.findings] == expected
    listed = Report(Format.XLSX, table.received, checked.findings).document("en")["errors"]
    assert [entry["sheet"] for entry in listed[:3]] == ["KPIs left out" if first else "Sheet"] * 3
    body = mark(workbook(build, first=first), checked.findings, "en")
    errors = openpyxl.load_workbook(io.BytesIO(body))["Errors"]
    assert [row[0].value for row in errors.iter_rows() if "!" in str(row[0].value)] == expected


def test_a_cause_on_both_sheets_counts_rows_of_both_and_names_the_sheet(build: Build, judge: Judge) -> None:
    findings = judge(build(("XX", 2024, 5), heading=FULL, more={"KPIs": [CLAIMS, ("D1-1", None, "?")]}))[1].findings
    again = [finding._replace(code="answers.code_required", column="code", parameters={}) for finding in findings]
    [group] = Report(Format.XLSX, 2, again).document("en")["groups"]
    assert (group["rows"], group["first_row"], group["first_sheet"]) == (2, 2, "Sheet")
    assert group["text"].startswith("The code is missing: 2 rows, first at row 2 (Sheet). ")
    [one] = Report(Format.XLSX, 2, again[:1]).document("fr")["groups"]
    assert one["text"].startswith("Le code manque\u00a0: ligne 2 (Sheet). ")
    sheet = openpyxl.load_workbook(io.BytesIO(mark(workbook(build), again, "en")))["Errors"]
    assert [sheet.cell(4, column).value for column in (1, 2)] == [2, "2 (Sheet)"]


def test_one_sheet_alone_needs_no_name(build: Build, judge: Judge) -> None:
    table, checked = judge(build(("XX", 2024, 5)))
    document = Report(Format.XLSX, table.received, checked.findings).document("en")
    assert (document["errors"][0]["cell"], "sheet" in document["errors"][0]) == ("A2", False)
    assert "first_sheet" not in document["groups"][0]
    assert document["groups"][0]["text"].startswith("The framework has no input XX: row 2. ")


def test_a_claim_on_either_sheet_in_rows_of_the_same_number_is_compared(build: Build, judge: Judge) -> None:
    left_out = ("D1-1", None, None, "opted out", "Here.")
    body = build(left_out, heading=FULL, more={"KPIs": [CLAIMS, ("D1-1", "not applicable", "There.")]})
    [finding] = judge(body)[1].findings
    assert (finding.code, finding.cell) == ("answers.duplicate_disagrees", "'KPIs'!A2")
    assert words(finding, "en")[0] == "This row and row 2 (Sheet) give different answers for the KPI D1-1."
    assert place_of(finding, "Sheet") == ("KPIs", 2, 1)


def test_states_are_suggested_as_the_sheet_and_the_language_have_them(build: Build, judge: Judge) -> None:
    heading = ("Code", "Année", "Valeur", "État", "Motif")
    claims = [("Code", "État", "Motif"), ("D1-1", "sans objett", "?"), ("D1-1", "manquan", "?")]
    answers = [("ALL", 2024, None, "manquan"), ("GOOD", 2024, None, "bogus"), ("GOOD", 2023, None, "non")]
    found = judge(build(*answers, heading=heading, more={"KPI écartés": claims}))[1].findings
    assert [words(finding, "fr")[1].replace("\u00a0", " ") for finding in found] == [
        "Vouliez-vous dire manquant ?",
        "Laissez vide pour un chiffre, ou écrivez manquant, sans objet, écarté ou retirer.",
        "Laissez vide pour un chiffre, ou écrivez manquant, sans objet, écarté ou retirer.",
        "Vouliez-vous dire sans objet ?",
        "Laissez vide pour garder le KPI, ou écrivez sans objet, écarté ou retirer.",
    ]
    assert {finding.column for finding in found} == {"État"}


def test_what_was_taken_in_french_is_taken_back_in_french(build: Build, judge: Judge) -> None:
    claims = [("Code", "État", "Motif"), ("D1-1", "retirer", None)]
    body = build(("ALL", 2024, None, "Retirer"), heading=FULL[:4], more={"KPI écartés": claims})
    _, checked = judge(body)
    assert checked.findings == []
    assert (checked.taken.deleted, checked.taken.removed_claims) == ({("KEN", "ALL", 2024): 2}, [("KEN", "D1-1")])


def test_the_number_of_a_day_in_the_column_of_years_is_told_as_one(build: Build, judge: Judge) -> None:
    [day, odd] = judge(build(("ALL", 45292, 1), ("ALL", 2100, 1)))[1].findings
    assert words(day, "en") == (
        "“45292” is not a calendar year.",
        "A spreadsheet stores the day 2024-01-01 like this. If that is meant, write 2024.",
    )
    assert odd.code == "answers.wrong_year"


def test_a_cell_without_result_is_told_alone_whatever_its_column_is_called(build: Build, judge: Judge) -> None:
    heading = ("Code", "Année", "Valeur", "État")
    [finding] = judge(build(("ALL", 2024, "=1+1"), heading=heading))[1].findings
    assert (finding.code, finding.column) == ("workbook.formula_without_result", "Valeur")
