"""A table that was read from a workbook: rows may come from two sheets, and findings name cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from answer_intake.findings import NOTES, NOTHING, Finding, Parameter
from answer_intake.rows import Table
from answer_intake.workbook.cells import Cell, Odd, column_number
from answer_intake.workbook.facts import TemplateFacts, refuse_other


class ClaimRow(int):
    """The number of a row in the sheet of claims."""


@dataclass
class WorkbookTable(Table):
    """Besides the rows: the names of both sheets, the letters of the second, and what a template says of itself."""

    sheet: str = ""
    claims_sheet: str = ""
    claim_letters: Mapping[str, str] = field(default_factory=dict)
    template: TemplateFacts | None = None

    def find(
        self, row: int | None, column: str | None, code: str, parameters: Mapping[str, Parameter] = NOTHING
    ) -> None:
        """Say something of a place; the cell is `C12` in the sheet of answers and `'KPIs'!C12` in that of claims."""
        (self.notes if code in NOTES else self.findings).append(
            Finding(code, row, column, parameters, self.cell(row, column))
        )

    def cell(self, row: int | None, column: str | None) -> str | None:
        """The name of the cell that a place stands for; None when it is no single cell."""
        is_claim = isinstance(row, ClaimRow)
        letter = (self.claim_letters if is_claim else self.letters).get(column or "")
        if letter is None or row is None:
            return None
        return f"{quoted(self.claims_sheet)}!{letter}{row}" if is_claim else f"{letter}{row}"


def worked(number: int, cells: Mapping[str, Cell | None], table: Table) -> dict[str, Cell | None]:
    """The cells of a row by column. A formula without a result is told, and leaves its cell empty."""
    unworked = {name for name, cell in cells.items() if isinstance(cell, Odd) and cell.kind == "unworked"}
    for name in cells:
        if name in unworked:
            table.find(number, name, "workbook.formula_without_result")
    return {name: None if name in unworked else cell for name, cell in cells.items()}


def refuse_other_template(table: Table, expected: TemplateFacts) -> None:
    """Refuse a filled-in template that was made for something else; any other file passes.

    Raises:
        UnreadableError: see `facts.refuse_other`.
    """
    if isinstance(table, WorkbookTable):
        refuse_other(table.template, expected)


def quoted(sheet: str) -> str:
    """The name of a sheet as references write it."""
    return "'" + sheet.replace("'", "''") + "'"


def place_of(finding: Finding, answers: str) -> tuple[str, int, int] | None:
    """Sheet, row and column (from 1) that a finding is about; the first column when it is about a row as a whole."""
    sheet, _, cell = (finding.cell or "").rpartition("!")
    if not cell:
        return None if finding.row is None else (answers, int(finding.row), 1)
    letters = cell.rstrip("0123456789")
    name = sheet[1:-1].replace("''", "'") if sheet else answers
    return name, int(cell[len(letters) :]), column_number(letters)
