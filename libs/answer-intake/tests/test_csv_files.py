"""Every way in which a CSV file can be wrong, and what its sender is told; rows as a spreadsheet counts them."""

from collections.abc import Callable
from typing import Any

import pytest

from answer_intake.findings import UnreadableError
from answer_intake.wording import words

Judge = Callable[..., Any]
HEADING = "code,year,value,state,reason,comment\n"


def test_takes_figures_missing_ones_and_claims(judge: Judge) -> None:
    taken = judge(
        HEADING
        + "HOURS,2024,1.5,,,a comment\n"
        + "BALANCE,2024,,missing,,\n"
        + 'K-TIME,,,opted_out,"Not measured, not here.\nNever.",\n'
    ).taken
    assert taken.answers == {
        ("KEN", "HOURS", 2024): (2, "number", 1.5, "a comment", None, None, None),
        ("KEN", "BALANCE", 2024): (3, "missing", None, None, None, None, None),
    }
    assert taken.claims == {("KEN", "K-TIME"): (4, "opted_out", "Not measured, not here.\nNever.")}


def test_takes_claims_back(judge: Judge) -> None:
    taken = judge(HEADING + "K-TIME,,,none,,\nK-SHARE,,,opted_out,Not now.,\n").taken
    assert taken.removed_claims == [("KEN", "K-TIME")]
    assert taken.made_claims == {("KEN", "K-SHARE"): (3, "opted_out", "Not now.")}


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffcode,year,value\nHOURS,2024,1.5\n",
        "code,year,value\r\nHOURS,2024,1.5\r\n",
        "year,value,code\n2024,1.5,HOURS",
        "code,year,value\n HOURS , 2024 ,\t1.5\n",
        'code,year,value\n"HOURS","2024","1.5"\n',
        "code,year,value,state\nHOURS,2024,1.5\n",
        "code,year,value\n\n,,\nHOURS,2024,1.5\n\n",
        "code,year,value\nHOURS,2024,01.50\n",
    ],
)
def test_takes_what_spreadsheets_write(judge: Judge, text: str) -> None:
    outcome = judge(text)
    assert outcome.errors == []
    assert outcome.taken.answers["KEN", "HOURS", 2024].value == 1.5


WRONG: list[tuple[str, str, int | None, str | None, str, str]] = [
    # text, code of the error, row, column, words of its message, words of its hint
    ("", "answers.empty", None, None, "not a single row", "Send at least one"),
    (HEADING, "answers.empty", None, None, "not a single row", "Send at least one"),
    ("code,value\nHOURS,1\n", "answers.missing_column", 1, "year", "column year is missing", "code, year, value"),
    ("code,yaer,year,value\n", "answers.unknown_column", 1, "yaer", "“yaer” is not known", "Did you mean year?"),
    (
        "code,year,value,\nHOURS,2024,1,x\n",
        "answers.nameless_column",
        2,
        None,
        "“x” stands in column 4",
        "Name the column",
    ),
    ("code,year,value,code\n", "answers.column_twice", 1, "code", "mean the same", "Keep one"),
    ("code:year:value\n", "answers.no_heading", 1, None, "No column is named here", "Begin with a heading"),
    (
        "code,year,value,administration\n",
        "answers.administration_unexpected",
        1,
        "administration",
        "one administration",
        "Take",
    ),
    (HEADING + "HOURS,2024,1,5,,,\n", "answers.too_many_cells", 2, None, "7 cells, the heading has 6", "into quotes"),
    (HEADING + 'HOURS,2024,"1,500",,,\n', "answers.ambiguous_number", 2, "value", "1.500 or as 1500", "1.500 or 1500"),
    (HEADING + "HOURS,2024,1 234.5,,,\n", "answers.not_a_number", 2, "value", "not a number", "without separators"),
    (HEADING + "HOURS,2024,inf,,,\n", "answers.not_finite", 2, "value", "“inf” is not", "write missing into state"),
    (HEADING + "HOURS,2024,1_0,,,\n", "answers.not_a_number", 2, "value", "“1_0” is not a number", "1234.5"),
    (HEADING + "HOURS,2024,\u0661,,,\n", "answers.not_a_number", 2, "value", "not a number", "1234.5"),
    (HEADING + "HOURS,2024,1e400,,,\n", "answers.too_large", 2, "value", "1e400 is far too large", "with an E"),
    (
        HEADING + "HOURS,24,1,,,\n",
        "answers.not_a_year",
        2,
        "year",
        "“24” is not a calendar year",
        "For HOURS give 2024",
    ),
    (HEADING + "HOURS,2024-01-01,1,,,\n", "answers.not_a_year", 2, "year", "2024-01-01", "calendar year alone: 2024"),
    (HEADING + "HOURS,,1,,,\n", "answers.year_required", 2, "year", "year is missing", "For HOURS give 2024"),
    (HEADING + "HOURS,2024,,,,\n", "answers.value_required", 2, "value", "value is missing", "missing into state"),
    (HEADING + "HOURS,2024,-1,,,\n", "answers.below_minimum", 2, "value", "-1 is below", "unit"),
    (HEADING + ",2024,1,,,\n", "answers.code_required", 2, "code", "code is missing", ""),
    (HEADING + "K-TIME,,,opted_out,,\n", "answers.reason_required", 2, "reason", "reason is missing", "sentence"),
    (
        HEADING + 'HOURS,2024,1,,,"two\nlines"\n\nHOURS,2024,2,,,\n',
        "answers.duplicate_disagrees",
        4,
        None,
        "row 2 give different answers",
        "wrong row",
    ),
]


@pytest.mark.parametrize(("text", "code", "row", "column", "words", "hint"), WRONG)
def test_says_what_is_wrong_and_what_to_do(
    judge: Judge, text: str, code: str, row: int | None, column: str | None, words: str, hint: str
) -> None:
    found = judge(text).errors
    assert (found[0].code, found[0].row, found[0].column) == (code, row, column)
    assert words in found[0].message
    assert hint in found[0].hint
    assert found[0].pointer is None


@pytest.mark.parametrize(
    ("text", "code", "told", "advice"),
    [
        (HEADING + 'HOURS,2024,"1,,,\n', "answers.not_csv", "From line 2 on", "Close every quote"),
        (HEADING + 'HOURS,2024,"1"2,,,\n', "answers.not_csv", "From line 2 on", "Close every quote"),
        (HEADING + "HOURS,2024,1,,,\x00\n", "answers.nul", "Line 2 has a NUL character", "CSV UTF-8"),
        (HEADING + "HOURS,2024,1,,," + "x" * 200_000, "answers.not_csv", "From line 2 on", "131,072 characters"),
        ('{"answers": []}', "answers.other_format", "sent as CSV", "application/json"),
        ("PK\x03\x04xl/workbook.xml", "answers.other_format", "sent as CSV", "This is a workbook (XLSX)"),
        ("<!doctype html>", "answers.other_format", "sent as CSV", "asks to sign in"),
    ],
)
def test_says_where_it_stops_being_csv(judge: Judge, text: str, code: str, told: str, advice: str) -> None:
    with pytest.raises(UnreadableError, match=code) as caught:
        judge(text)
    message, hint = words(caught.value.finding, "en")
    assert told in message
    assert advice in hint


def test_all_errors_of_all_rows_come_at_once(judge: Judge) -> None:
    rows = "".join(f"HOURS,2024,{value},,,\n" for value in ("-1", "x", "1", "9999"))
    found = judge(HEADING + rows + "NOTHING,2024,1,,,\n").errors
    assert [(each.row, each.code) for each in found] == [
        (2, "answers.below_minimum"),
        (3, "answers.not_a_number"),
        (5, "answers.above_maximum"),
        (6, "answers.unknown_input"),
    ]


def test_a_push_for_many_needs_the_column_administration(judge: Judge) -> None:
    found = judge(HEADING + "HOURS,2024,1,,,\n", many=True).errors
    assert [(each.row, each.column, each.code) for each in found] == [(1, "administration", "answers.missing_column")]
    taken = judge("code,administration,year,value\nHOURS,KEN,2024,1\nHOURS,UGA,2024,2\n", many=True).taken
    assert taken.administrations() == ["KEN", "UGA"]
