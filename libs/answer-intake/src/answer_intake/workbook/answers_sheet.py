"""Writes the sheet of answers of a template: headings of the framework, and a row for each figure and year."""

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from answer_intake.workbook.given import Making, Prefilled
from answer_intake.workbook.limits import Limits
from answer_intake.workbook.looks import Looks, print_on_pages, protect
from answer_intake.workbook.template_words import UNITS, WORDS
from answer_intake.workbook.vocabulary import HEADINGS, STATES, STATUSES
from answer_intake.workbook.wanted import Heading, Wanted, wanted
from framework_spec.texts import text

HEADING_ROW = 3
WIDTHS = {
    **{"code": 25, "name": 46, "year": 7, "unit": 10, "range": 25, "earlier": 14, "value": 18},
    **{"state": 11, "status": 13, "reason": 26, "comment": 30, "period": 23},
}


def write_answers(book: xlsxwriter.Workbook, looks: Looks, making: Making) -> None:
    """The first sheet of the template."""
    words = WORDS[making.language]
    sheet = book.add_worksheet(words.answers)
    page = _AnswersPage(sheet, looks, making)
    page.top()
    for line in wanted(making.framework, making.rulebook, making.language, words.rest):
        if isinstance(line, Heading):
            page.heading(line)
        else:
            page.figure(line)
    page.limits.write(sheet)
    page.lists()
    sheet.freeze_panes(HEADING_ROW + 1, 2)
    sheet.repeat_rows(HEADING_ROW)
    sheet.set_zoom(90)
    print_on_pages(sheet, words.page, landscape=True)
    protect(sheet)
    sheet.activate()


class _AnswersPage:
    def __init__(self, sheet: Worksheet, looks: Looks, making: Making) -> None:
        self._sheet, self._looks, self._making = sheet, looks, making
        self._words = WORDS[making.language]
        has_period = bool(making.rulebook.fiscal)
        self._columns = {name: place for place, name in enumerate(WIDTHS if has_period else [*WIDTHS][:-1])}
        self._row = HEADING_ROW + 1
        self.limits = Limits(making.rulebook, self._words, self._columns["value"])

    def top(self) -> None:
        """Title, what to do, and the headings of the columns."""
        cycle, language = self._making.cycle, self._making.language
        name = text(self._making.framework.name, language) or self._making.framework.code
        deadline = self._words.deadline.format(deadline=cycle.deadline.isoformat()) if cycle.deadline else ""
        self._looks.text(self._sheet, 0, 0, f"{self._making.whose}: {cycle.name}", "title")
        self._looks.text(self._sheet, 1, 0, f"{name}. {self._words.lead} {deadline}".strip(), "lead")
        for column, place in self._columns.items():
            self._sheet.set_column(place, place, WIDTHS[column])
            self._looks.text(self._sheet, HEADING_ROW, place, HEADINGS[language][column], "heading")

    def heading(self, line: Heading) -> None:
        """A heading stands in the column of names; without a code, reading passes over it."""
        look = "kpi" if line.is_kpi else "node0" if line.depth == 0 else "node"
        for place in self._columns.values():
            self._sheet.write_blank(self._row, place, None, self._looks[look])
        said = f"{line.text} {self._words.elsewhere}" if line.is_kpi and line.elsewhere else line.text
        self._looks.text(self._sheet, self._row, self._columns["name"], said, look)
        self._row += 1

    def figure(self, line: Wanted) -> None:
        """A row to fill in."""
        item, year, language = line.item, line.year, self._making.language
        self._told("code", item.code, "code")
        self._told("name", text(item.name, language) or item.code, "told")
        self._sheet.write_number(self._row, self._columns["year"], year, self._looks["year"])
        self._told("unit", self._unit(line), "told")
        self._told("range", self.limits.spoken(item.code, year), "told")
        self._earlier(line)
        self._answer(line, self._making.known.answers.get((item.code, year)) or Prefilled())
        self.limits.add(self._row, item.code, year, item.unit or "")
        self._row += 1

    def lists(self) -> None:
        """Lists to choose states and statuses from; whatever is in no list is refused while typing."""
        for column, vocabulary in (("state", STATES), ("status", STATUSES)):
            place = self._columns[column]
            options = {
                "validate": "list",
                "source": [*vocabulary[self._making.language].values()],
                "error_title": self._words.refused_title,
                "error_message": self._words.refused_list,
            }
            self._sheet.data_validation(HEADING_ROW + 1, place, self._row - 1, place, options)

    def _told(self, column: str, said: str, look: str) -> None:
        self._looks.text(self._sheet, self._row, self._columns[column], said, look)

    def _unit(self, line: Wanted) -> str:
        unit = line.item.unit or ""
        said = UNITS[self._making.language].get(unit, unit)
        return f"{said} ({line.item.currency})" if line.item.currency not in (None, "national") else said

    def _earlier(self, line: Wanted) -> None:
        value = self._making.known.earlier.get((line.item.code, line.year - 1))
        look = self._looks["earlier_whole" if value is not None and value.is_integer() else "earlier"]
        if value is None:
            self._sheet.write_blank(self._row, self._columns["earlier"], None, self._looks["closed"])
        else:
            self._sheet.write_number(self._row, self._columns["earlier"], value, look)

    def _answer(self, line: Wanted, given: Prefilled) -> None:
        language, row = self._making.language, self._row
        look = "whole" if line.item.type == "integer" else "number"
        if given.value is None:
            self._sheet.write_blank(row, self._columns["value"], None, self._looks[look])
        else:
            self._looks.number(self._sheet, row, self._columns["value"], given.value, look)
        self._told("state", STATES[language].get(given.state or "", given.state or ""), "word")
        self._told("status", STATUSES[language].get(given.status or "", given.status or ""), "word")
        self._told("reason", given.reason or "", "text")
        self._told("comment", given.comment or "", "text")
        if "period" in self._columns:
            is_open = line.item.code in self._making.rulebook.fiscal
            self._told("period", given.period or "", "text" if is_open else "closed")
