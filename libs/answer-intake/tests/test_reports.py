"""Reports: the same ids and texts in every form, grouped by cause, uncapped in files, and safe in spreadsheets."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from answer_intake.findings import Finding
from answer_intake.formats import Format
from answer_intake.grouping import groups
from answer_intake.report import CSV_HEADINGS, Report
from answer_intake.taken import AnswerEntry, Taken
from answer_intake.violations import content_of, document, violations
from framework_spec.rules import RulePack

UNKNOWN = {"found": "XX", "like": "XK", "advice": "did_you_mean"}
FOUND = [Finding("answers.unknown_input", row, "code", UNKNOWN) for row in range(12, 5_226)]
OTHERS = [
    Finding("answers.not_a_number", 20, "value", {"found": "=1+1", "advice": "formula"}, "C20"),
    Finding("answers.not_a_number", 21, "value", {"found": "5%", "advice": "percent_sign"}, "C21"),
    Finding("answers.not_a_number", 22, "value", {"found": "7%", "advice": "percent_sign"}, "C22"),
]


def test_findings_are_grouped_by_cause() -> None:
    assert [group["text"] for group in groups([*FOUND, *OTHERS], "en")] == [
        "The framework has no input XX: 5,214 rows, first at row 12. Did you mean XK?",
        "Not a number: 2 rows, first at row 21. "
        "Leave the percent sign out; the unit of the input says how the figure is meant.",
        "“=1+1” is not a number: row 20. This is a formula of a spreadsheet. Save its result instead.",
    ]
    assert groups(OTHERS, "en")[0]["example"] == "“5%” is not a number."
    french = groups(FOUND, "fr")[0]
    assert french["text"].endswith("5\u202f214 lignes, la première étant la ligne 12. Vouliez-vous dire XK\u00a0?")
    assert {name: french[name] for name in ("code", "column", "rows", "first_row")} == {
        **{"code": "answers.unknown_input", "column": "code", "rows": 5_214, "first_row": 12}
    }


def test_a_row_counts_once_in_a_group_and_the_file_as_a_whole_not_at_all() -> None:
    twice = [Finding("answers.unknown_field", 3, None, {"heading": "x", "expected": ("code",)})] * 2
    assert groups(twice, "en")[0]["rows"] == 1
    whole = groups([Finding("answers.empty")], "en")[0]
    assert (whole["rows"], whole["first_row"]) == (0, None)
    assert whole["text"] == "There is not a single row with answers here. Send at least one."


def test_a_bound_holds_for_what_is_listed_not_for_what_is_counted() -> None:
    report = Report(
        Format.CSV, 6_000, FOUND, [Finding("answers.duplicate", 9, None, {"input": "A", "year": 1, "first": 2})]
    )
    document = report.document("en", most=10)
    assert (document["rows"], document["errors_found"], len(document["errors"])) == (6_000, 5_214, 10)
    assert sum(piece.count(b"\n") for piece in report.ndjson("en")) == 5_215
    assert len(list(csv.reader(io.StringIO(b"".join(report.csv("en")).decode("utf-8-sig"))))) == 5_216


def test_all_forms_say_the_same() -> None:
    report = Report(Format.XLSX, 30, OTHERS)
    listed = report.document("fr")["errors"]
    lines = [json.loads(line) for line in b"".join(report.ndjson("fr")).splitlines()]
    assert lines == [{"severity": "error", **entry} for entry in listed]
    heading, *rows = csv.reader(io.StringIO(b"".join(report.csv("fr")).decode("utf-8-sig")))
    assert heading == ["gravité", "ligne", "colonne", "cellule", "code", "message", "conseil", "ligne du texte"]
    for cells, entry in zip(rows, listed, strict=True):
        row = dict(zip(CSV_HEADINGS["en"], cells, strict=True))
        assert row["severity"] == "erreur"
        assert {name: row[name].removeprefix("'") for name in entry} == {name: str(entry[name]) for name in entry}


@pytest.mark.parametrize(
    ("row", "column", "pointer"),
    [(3, "value", "/answers/2/value"), (3, None, "/answers/2"), (None, None, "")],
)
def test_findings_in_json_have_pointers(row: int | None, column: str | None, pointer: str) -> None:
    finding = Finding("answers.value_required", row, column)
    assert Report(Format.JSON, 1, [finding]).document("en")["errors"][0]["pointer"] == pointer
    assert "pointer" not in Report(Format.NDJSON, 1, [finding]).document("en")["errors"][0]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@x"])
def test_no_cell_of_the_list_is_a_formula(text: str) -> None:
    found = Finding("answers.unknown_column", 1, text, {"heading": text, "expected": ("code",)})
    below = Finding("answers.below_minimum", 2, "value", {"value": "-5", "minimum": "0"})
    rows = list(csv.reader(io.StringIO(b"".join(Report(Format.CSV, 1, [found, below]).csv("en")).decode("utf-8-sig"))))
    assert rows[1][2] == f"'{text}"
    assert rows[2][5] == "'-5 is below the minimum, 0."
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def taken(**figures: float) -> Taken:
    """Figures of Kenya; a name that ends in _BEFORE is of the year before."""
    keys = {name: ("KEN", name.removesuffix("_BEFORE"), 2023 if name.endswith("_BEFORE") else 2024) for name in figures}
    return Taken({keys[name]: AnswerEntry(2, "number", value) for name, value in figures.items()})


def test_a_whole_content_is_held_against_the_rules(pack: RulePack) -> None:
    content = content_of(taken(STAFF=300, STAFF_BEFORE=100, DECLARATIONS_ALL=1, DECLARATIONS_ELECTRONIC=2), "KEN", 2024)
    found: list[Any] = [document(each) for each in violations(pack, content, date(2025, 1, 1), "fr")]
    assert [(each["rule"], each["blocks"], each["asks_for_reason"]) for each in found] == [
        ("R-STAFF", False, True),
        ("R-ELECTRONIC", True, False),
    ]
    assert found[0]["text"] == "Le personnel a augmenté de plus de moitié."
    assert (found[0]["found"], found[1]["text"]) == (200.0, "No more than all.")
    json.dumps(found)


def test_the_content_of_a_file_is_what_the_administration_itself_says() -> None:
    file = taken(STAFF=200)
    file.answers["UGA", "STAFF", 2024] = AnswerEntry(3, "number", 1.0)
    file.answers["KEN", "HOURS", 2024] = AnswerEntry(4, "missing", None)
    file.claims["KEN", "K-TIME"] = (6, "opted_out", "Because.")
    file.claims["KEN", "K-STAFF"] = (7, "none", "")
    content = content_of(file, "KEN", 2024)
    assert content.figures == {("STAFF", 2024): 200.0, ("HOURS", 2024): None}
    assert content.claims == {"K-TIME": "opted_out"}
