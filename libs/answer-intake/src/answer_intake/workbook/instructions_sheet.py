"""Writes the sheet that explains how a template is filled in and sent."""

import xlsxwriter

from answer_intake.workbook.given import Making
from answer_intake.workbook.looks import Looks, print_on_pages, protect
from answer_intake.workbook.template_words import WORDS
from framework_spec.texts import text


def write_instructions(book: xlsxwriter.Workbook, looks: Looks, making: Making) -> None:
    """What it is, what each column is for, by when, where to and by whom it is sent."""
    words, cycle = WORDS[making.language], making.cycle
    said = {
        "framework": text(making.framework.name, making.language) or making.framework.code,
        "version": making.framework.version,
        "cycle": cycle.name,
        "administration": making.whose,
        "answers": words.answers,
        "claims": words.claims,
        "deadline": words.deadline.format(deadline=cycle.deadline.isoformat()) if cycle.deadline else "",
    }
    sheet = book.add_worksheet(words.instructions)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 96)
    for row, (heading, explained) in enumerate(words.steps):
        looks.text(sheet, row, 0, heading, "step")
        filled = " ".join(explained.format_map(said).split())
        looks.text(sheet, row, 1, filled, "told_step")
        # Not every program makes a row as high as its text.
        sheet.set_row(row, 15 * (1 + len(filled) // 95) + 6)
    print_on_pages(sheet, words.page, landscape=True)
    protect(sheet)
