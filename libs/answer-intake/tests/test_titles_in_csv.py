"""Titles above the heading of a CSV file, as in the sheet of answers of a template that a spreadsheet program saved."""

from collections.abc import Callable
from typing import Any

import pytest

from answer_intake.formats import Format
from answer_intake.headings import HEADING_WITHIN

Judge = Callable[..., Any]
TITLES = 'Kenya: Cycle 2024;;\n"Fill in the column Value, and no other; then ""save"".";;\n;;\n'
TEMPLATE = TITLES + "Code;Name;Year;Value;Comment\n;To release;;;\nHOURS;From arrival;2024;1,5;\nBALANCE;;2024;;\n"


@pytest.mark.parametrize(
    "body",
    [
        TEMPLATE.encode(),
        ("\ufeff" + TEMPLATE.replace("\n", "\r\n")).encode(),
        b"\xff\xfe" + TEMPLATE.replace(";", "\t").encode("utf-16-le"),
        TEMPLATE.replace("1,5", "1.5").replace(";", ",").encode(),
        TEMPLATE.replace("Year", "Année").replace("Value;", "Valeur;").replace("Name", "Nom").encode("cp1252"),
    ],
)
def test_the_template_saved_as_csv_is_read_below_its_titles(judge: Judge, body: bytes) -> None:
    outcome = judge(body, Format.CSV)
    assert outcome.errors == []
    assert {key: entry.value for key, entry in outcome.taken.answers.items()} == {("KEN", "HOURS", 2024): 1.5}


def test_rows_below_titles_count_as_the_file_counts_them(judge: Judge) -> None:
    errors = judge(TEMPLATE + "STAFF;;2024;x;\n;;;7;\n").errors
    assert [(each.row, each.column, each.code) for each in errors] == [
        (8, "value", "answers.not_a_number"),
        (9, "code", "answers.code_required"),
        (9, "year", "answers.year_required"),
    ]


def test_rows_without_a_figure_are_told_where_it_is_no_template(judge: Judge) -> None:
    errors = judge(TITLES + "code;year;value\nHOURS;2024;\n").errors
    assert [(each.row, each.code) for each in errors] == [(5, "answers.value_required")]


@pytest.mark.parametrize(
    ("text", "row", "code"),
    [
        ("code,value\nHOURS,1\n,year,value,state,period\n", 1, "answers.missing_column"),
        ("Answers\n,year,value,state\n", 1, "answers.no_heading"),
        ("Answers\n" * HEADING_WITHIN + "code,year,value\nHOURS,2024,1\n", 1, "answers.no_heading"),
        ("Answers\n" * (HEADING_WITHIN - 1) + "code,year\n", HEADING_WITHIN, "answers.missing_column"),
        ('"Schlüssel";"Jahr"\n"HOURS";"2024"\n', 1, "answers.no_heading"),
    ],
)
def test_only_a_row_near_the_top_that_names_code_is_a_heading_below_titles(
    judge: Judge, text: str, row: int, code: str
) -> None:
    first = judge(text).errors[0]
    assert (first.row, first.code) == (row, code)


def test_a_comment_with_names_of_columns_is_no_heading(judge: Judge) -> None:
    outcome = judge('code,year,value,comment\nHOURS,2024,1,"code;year;value"\n')
    assert outcome.errors == []
    assert len(outcome.taken.answers) == 1
