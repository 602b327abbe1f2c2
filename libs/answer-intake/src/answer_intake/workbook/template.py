"""Makes the workbook that a contact point fills in: one per cycle, administration and language."""

import io
from datetime import datetime

import xlsxwriter

from answer_intake.rulebook import Rulebook
from answer_intake.workbook.answers_sheet import write_answers
from answer_intake.workbook.claims_sheet import write_claims
from answer_intake.workbook.facts import FACTS_SHEET, TemplateFacts, written
from answer_intake.workbook.given import Known, Making, TemplateCycle
from answer_intake.workbook.instructions_sheet import write_instructions
from answer_intake.workbook.looks import Looks
from answer_intake.workbook.vocabulary import language_of
from framework_spec.document import Framework
from framework_spec.rules import rule_pack

# The same template has the same bytes, whenever it is made.
MADE_AT = datetime(2000, 1, 1)


def make_template(
    framework: Framework,
    cycle: TemplateCycle,
    administration: str,
    language: str,
    *,
    administration_name: str | None = None,
    known: Known = Known(),  # noqa: B008  # frozen
) -> bytes:
    """The template as XLSX; uploaded as it is, it says nothing but what is in `known.answers` and `known.claims`."""
    rulebook = Rulebook.of(rule_pack(framework), cycle.reporting_year)
    whose = f"{administration_name} ({administration})" if administration_name else administration
    making = Making(framework, rulebook, cycle, known, language_of(language), whose)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{framework.code}, {cycle.code}, {administration}", "created": MADE_AT})
    looks = Looks(book)
    write_answers(book, looks, making)
    write_instructions(book, looks, making)
    write_claims(book, looks, making)
    digest = framework.digest()
    _write_facts(
        book,
        TemplateFacts(cycle.code, administration, framework.code, framework.version, digest, making.language),
    )
    book.close()
    return target.getvalue()


def _write_facts(book: xlsxwriter.Workbook, facts: TemplateFacts) -> None:
    sheet = book.add_worksheet(FACTS_SHEET)
    for row, (name, value) in enumerate(written(facts).items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.very_hidden()
