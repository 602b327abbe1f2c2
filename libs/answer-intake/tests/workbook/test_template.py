"""Templates: what they hold, and that they come back as they are."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from answer_intake.checking import Checked
from answer_intake.findings import UnreadableError
from answer_intake.rulebook import Rulebook
from answer_intake.wording import words
from answer_intake.workbook.facts import TemplateFacts, refuse_other
from answer_intake.workbook.given import Known, Prefilled, TemplateCycle
from answer_intake.workbook.placed import WorkbookTable
from answer_intake.workbook.reading import read_workbook
from answer_intake.workbook.template import MADE_AT, make_template
from framework_spec.document import Framework
from framework_spec.reading import read_framework
from framework_spec.rules import rule_pack

Judge = Callable[[bytes], tuple[WorkbookTable, Checked]]
CYCLE = TemplateCycle("cycle-1", "=First cycle", 2024, date(2025, 6, 30))
KNOWN = Known(
    answers={
        ("GOOD", 2023): Prefilled(41.0, status="P", comment="=1+1"),
        ("SHARE", 2024): Prefilled(0.1 + 0.2),
        ("HOURS", 2024): Prefilled(None, state="missing", reason="no survey"),
    },
    earlier={("GOOD", 2022): 7.0, ("GOOD", 2023): 42.0},
    claims={"D1-1": ("opted_out", "Not this year")},
)
FRAMEWORKS = Path(__file__).parents[4] / "services/framework-svc/src/framework_svc/data/frameworks"
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


def opened(body: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(body))


def filled(body: bytes, cells: dict[str, object], sheet: int = 0) -> bytes:
    book = opened(body)
    for cell, value in cells.items():
        book.worksheets[sheet][cell] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def row_of(body: bytes, code: str, year: int) -> int:
    sheet = opened(body).worksheets[0]
    found = (row[0].row for row in sheet.iter_rows() if (row[0].value, row[2].value) == (code, year))
    return int(next(found))


@LANGUAGES
def test_an_untouched_template_says_nothing(framework: Framework, judge: Judge, language: str) -> None:
    table, checked = judge(make_template(framework, CYCLE, "KEN", language))
    assert (table.received, table.rows, checked.notes) == (0, [], [])
    assert [finding.code for finding in checked.findings] == ["answers.empty"]


@LANGUAGES
def test_a_prefilled_template_says_what_it_was_filled_with(framework: Framework, judge: Judge, language: str) -> None:
    table, checked = judge(make_template(framework, CYCLE, "KEN", language, known=KNOWN))
    assert (table.received, checked.findings) == (4, [])
    good, hours, share = checked.taken.answers.values()
    assert (good.value, good.status, good.comment) == (41.0, "P", "=1+1")
    assert share.value == 0.1 + 0.2
    assert (hours.state, hours.value, hours.reason) == ("missing", None, "no survey")
    assert checked.taken.claims["KEN", "D1-1"][1:] == ("opted_out", "Not this year")


@LANGUAGES
def test_what_is_filled_in_is_read_at_its_place(framework: Framework, judge: Judge, language: str) -> None:
    body = make_template(framework, CYCLE, "KEN", language)
    row = row_of(body, "GOOD", 2023)
    _, checked = judge(filled(body, {f"G{row}": 12, f"I{row}": "estimé" if language == "fr" else "estimated"}))
    assert checked.findings == []
    answer = checked.taken.answers["KEN", "GOOD", 2023]
    assert (answer.row, answer.value, answer.status) == (row, 12.0, "E")
    _, wrong = judge(filled(body, {f"G{row}": -1}))
    assert [(finding.code, finding.cell) for finding in wrong.findings] == [
        ("answers.below_minimum", f"{'Réponses' if language == 'fr' else 'Answers'}!G{row}")
    ]


def test_every_input_and_year_is_asked_for_once_in_the_order_of_the_framework(
    framework: Framework, rulebook: Rulebook
) -> None:
    sheet = opened(make_template(framework, CYCLE, "KEN", "en")).worksheets[0]
    asked = [(row[0].value, row[2].value) for row in sheet.iter_rows(min_row=5) if row[0].value]
    assert asked == [
        *[("GOOD", 2024), ("GOOD", 2023), ("ALL", 2024), ("HOURS", 2024), ("SHARE", 2024)],
        ("XE2", 2024),
    ]
    assert set(asked) == set(rulebook.rules)
    named = [row[1].value for row in sheet.iter_rows(min_row=5) if not row[0].value]
    assert named[:2] == ["First", "D1-1: Good share"]
    assert named[2].startswith("D1-2: +Size (all its figures")


def test_cells_are_locked_watched_and_explained(framework: Framework) -> None:
    book = opened(make_template(framework, CYCLE, "KEN", "fr", known=KNOWN))
    sheet = book.worksheets[0]
    assert book.sheetnames == ["Réponses", "Mode d'emploi", "KPI écartés", "openpmm"]
    assert book["openpmm"].sheet_state == "veryHidden"
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert sheet.freeze_panes == "C5"
    assert sheet.print_title_rows == "$4:$4"
    headings = [cell.value for cell in sheet[4]]
    assert headings[:7] == ["Code", "Nom", "Année", "Unité", "Plage", "Valeur antérieure", "Valeur"]
    row = row_of(make_template(framework, CYCLE, "KEN", "fr"), "GOOD", 2024)
    assert sheet[f"A{row}"].protection.locked
    assert not sheet[f"G{row}"].protection.locked
    assert sheet[f"F{row}"].value == 42
    watched = {rule.type for rule in sheet.data_validations.dataValidation}
    assert watched == {"whole", "decimal", "list"}
    told = {row[0].value: row[4].value for row in sheet.iter_rows(min_row=5) if row[0].value}
    assert told["GOOD"] == "0 ou plus, nombre entier"
    assert (told["SHARE"], told["HOURS"]) == ("de 0 à 100", "nombre")
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert lists == ['"nombre,manquant,retirer"', '"normal,estimé,provisoire,rupture de série"']
    share = next(rule for rule in sheet.data_validations.dataValidation if "85 %" in (rule.prompt or ""))
    assert (share.formula1, share.formula2) == ("0", "100")


@LANGUAGES
def test_no_text_of_the_framework_becomes_a_formula(framework: Framework, language: str) -> None:
    book = opened(make_template(framework, CYCLE, "KEN", language, known=KNOWN))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    dangerous = [cell for cell in cells if str(cell.value or "").startswith(("=", "+", "-", "@"))]
    assert dangerous
    assert all(cell.quotePrefix for cell in dangerous)


def test_only_claims_that_a_kpi_allows_are_offered(framework: Framework) -> None:
    sheet = opened(make_template(framework, CYCLE, "KEN", "en")).worksheets[2]
    assert [row[0].value for row in sheet.iter_rows(min_row=4)] == ["D1-1", "D1-3"]
    offered = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert offered == ['"not applicable,opted out,none"', '"not applicable,none"']


@pytest.mark.parametrize(
    ("expected", "code"),
    [
        (TemplateFacts(administration="UGA"), "workbook.other_administration"),
        (TemplateFacts(cycle="cycle-2"), "workbook.other_cycle"),
        (TemplateFacts(framework="small", version="2"), "workbook.other_framework"),
        (TemplateFacts(framework="small", version="1", digest="sha256:0"), "workbook.other_framework"),
    ],
)
def test_a_template_of_something_else_is_refused(framework: Framework, expected: TemplateFacts, code: str) -> None:
    found = read_workbook(make_template(framework, CYCLE, "KEN", "en"), many=False).template
    with pytest.raises(UnreadableError, match=f"^{code}$") as caught:
        refuse_other(found, expected)
    for language in ("en", "fr"):
        message, _ = words(caught.value.finding, language)
        assert all(str(part) in message for part in caught.value.finding.parameters.values())


def test_a_template_of_the_very_thing_is_taken(framework: Framework) -> None:
    found = read_workbook(make_template(framework, CYCLE, "KEN", "en"), many=False).template
    assert found is not None
    refuse_other(found, TemplateFacts("cycle-1", "KEN", "small", "1", framework.digest()))
    refuse_other(found, TemplateFacts())
    refuse_other(None, TemplateFacts("cycle-1"))


def test_a_template_of_a_later_form_is_refused(framework: Framework) -> None:
    body = filled(make_template(framework, CYCLE, "KEN", "en"), {"B1": "openpmm.template/9"}, sheet=3)
    with pytest.raises(UnreadableError, match=r"^workbook\.newer_template$"):
        read_workbook(body, many=False)


def test_the_same_template_has_the_same_bytes(framework: Framework) -> None:
    body = make_template(framework, CYCLE, "KEN", "en")
    assert body == make_template(framework, CYCLE, "KEN", "en")
    told = opened(body).properties
    assert (told.created, told.modified) == (MADE_AT, MADE_AT), "else a second later they were others"


@LANGUAGES
def test_the_template_of_the_demo_is_small_and_comes_back(language: str) -> None:
    latest = max(FRAMEWORKS.glob("openpmm-demo*.yaml"))
    framework = read_framework(latest.read_text(encoding="utf-8"))
    body = make_template(framework, CYCLE, "KEN", language)
    assert len(body) < 40_000
    rulebook = Rulebook.of(rule_pack(framework), 2024)
    sheet = opened(body).worksheets[0]
    asked = [(row[0].value, row[2].value) for row in sheet.iter_rows(min_row=5) if row[0].value]
    assert len(asked) == len(set(asked)) == len(rulebook.rules)
    for row in range(5, sheet.max_row + 1):
        if sheet[f"A{row}"].value:
            sheet[f"G{row}"].value = 1
    target = io.BytesIO()
    sheet.parent.save(target)
    table = read_workbook(target.getvalue(), many=False)
    assert {(row.code, row.year) for row in table.rows} == set(rulebook.rules)
