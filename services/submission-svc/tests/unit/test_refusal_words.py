"""The sentence that stands above all errors of a file: how many there are, in how many rows, and where they all are."""

import pytest

from answer_intake.findings import Finding
from answer_intake.formats import Format
from answer_intake.report import Report
from submission_svc.application.intake_refusals import MOST_LISTED, AnswersInvalidError


def detail(rows: list[int], language: str) -> str:
    """What is said of a file with an error in each of these rows."""
    findings = [Finding("answers.value_required", row, "value") for row in rows]
    return AnswersInvalidError(Report(Format.JSON, 50_000, findings), language).detail


@pytest.mark.parametrize(
    ("rows", "english", "french"),
    [
        ([1], "1 error; ", "1 erreur\u00a0; "),
        ([1, 1], "2 errors in 1 row; ", "2 erreurs dans 1 ligne\u00a0; "),
        ([*range(1_500), 0], "1,501 errors in 1,500 rows; ", "1\u202f501 erreurs dans 1\u202f500 lignes\u00a0; "),
    ],
)
def test_errors_and_rows_are_counted_in_the_language(rows: list[int], english: str, french: str) -> None:
    assert detail(rows, "en") == f"{english}nothing was saved. See errors."
    assert detail(rows, "fr") == f"{french}rien n\u2019a été enregistré. Voir errors."


def test_rows_of_two_sheets_with_the_same_number_are_two_rows() -> None:
    cells = ("Answers!H8", "Answers!G8", "'KPIs left out'!C8")
    findings = [Finding("answers.unknown_state", 8, "state", {"found": "x", "states": ("a",)}, cell) for cell in cells]
    refused = AnswersInvalidError(Report(Format.XLSX, 2, findings), "en")
    assert refused.detail.startswith("3 errors in 2 rows; ")


def test_of_more_errors_than_are_listed_it_says_how_many_are() -> None:
    assert detail([*range(MOST_LISTED)], "en").endswith("See errors.")
    assert detail([*range(MOST_LISTED + 1)], "en").endswith("The first 20,000 are in errors.")
    assert detail([*range(MOST_LISTED + 1)], "fr").endswith("Les 20\u202f000 premières sont dans errors.")
