"""Writes the sheet on which KPIs are claimed as not applicable or opted out."""

import xlsxwriter

from answer_intake.workbook.given import Making
from answer_intake.workbook.looks import Looks, print_on_pages, protect
from answer_intake.workbook.template_words import WORDS
from answer_intake.workbook.vocabulary import CLAIMS, HEADINGS
from framework_spec.texts import text

HEADING_ROW = 2
COLUMNS = {"code": 22, "name": 60, "state": 16, "reason": 60}
TAKEN_BACK = "none"


def write_claims(book: xlsxwriter.Workbook, looks: Looks, making: Making) -> None:
    """A row for each KPI that allows a claim; no sheet when none does."""
    kpis = [kpi for kpi in making.framework.kpis() if making.rulebook.claims.get(kpi.code)]
    if not kpis:
        return
    words, spoken = WORDS[making.language], CLAIMS[making.language]
    sheet = book.add_worksheet(words.claims)
    looks.text(sheet, 0, 0, words.claims_lead, "lead")
    for place, (name, width) in enumerate(COLUMNS.items()):
        sheet.set_column(place, place, width)
        looks.text(sheet, HEADING_ROW, place, HEADINGS[making.language][name], "heading")
    for row, kpi in enumerate(kpis, start=HEADING_ROW + 1):
        state, reason = making.known.claims.get(kpi.code, ("", ""))
        looks.text(sheet, row, 0, kpi.code, "code")
        looks.text(sheet, row, 1, text(kpi.name, making.language) or kpi.code, "told")
        looks.text(sheet, row, 2, spoken.get(state, state), "word")
        looks.text(sheet, row, 3, reason, "text")
        options = {
            "validate": "list",
            "source": [spoken[claim] for claim in (*making.rulebook.claims[kpi.code], TAKEN_BACK)],
            "error_title": words.refused_title,
            "error_message": words.refused_list,
        }
        sheet.data_validation(row, 2, row, 2, options)
    sheet.freeze_panes(HEADING_ROW + 1, 0)
    sheet.repeat_rows(HEADING_ROW)
    print_on_pages(sheet, words.page, landscape=True)
    protect(sheet)
