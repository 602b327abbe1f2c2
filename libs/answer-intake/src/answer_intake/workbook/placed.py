"""A table that was read from a workbook: rows may come from two sheets, and findings name cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from answer_intake.findings import Finding
from answer_intake.rows import Table
from answer_intake.showing import shown
from answer_intake.workbook.cells import Cell, Odd, column_number
from answer_intake.workbook.facts import TemplateFacts, refuse_other


class ClaimRow(int):
    """The number of a row in the sheet of claims."""


@dataclass
class WorkbookTable(Table):
    """Besides the rows: the names of the sheets, the letters of their columns, and what a template says of itself.

    `claims_sheet` is empty where only one sheet is read; `letters` are columns by name, like `{"value": "C"}`.
    """

    sheet: str = ""
    claims_sheet: str = ""
    are_claims_first: bool = False
    letters: Mapping[str, str] = field(default_factory=dict)
    claim_letters: Mapping[str, str] = field(default_factory=dict)
    template: TemplateFacts | None = None

    def cell(self, row: int | None, column: str | None) -> str | None:
        """The cell that a place stands for: `C12`, with several sheets `Answers!C12` and there A12 for all of a row."""
        if row is None:
            return None
        letter = (self.claim_letters if isinstance(row, ClaimRow) else self.letters).get(column or "")
        if not self.claims_sheet:
            return letter and f"{letter}{row}"
        return f"{_named(self._sheet_of(row))}!{letter or 'A'}{row}"

    def place(self, finding: Finding) -> tuple[bool, int]:
        """What is wrong with the file as a whole, then the rows of each sheet, sheets in the workbook's order."""
        is_later = finding.row is not None and isinstance(finding.row, ClaimRow) != self.are_claims_first
        return is_later, finding.row or 0

    def told(self, row: int) -> str | int:
        """A row with its sheet."""
        return f"{row} ({shown(self._sheet_of(row))})"

    def _sheet_of(self, row: int) -> str:
        return self.claims_sheet if isinstance(row, ClaimRow) else self.sheet


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
    """The name of a sheet as every reference may write it."""
    return "'" + sheet.replace("'", "''") + "'"


def _named(sheet: str) -> str:
    """The name of a sheet as programs show it: without quotes where it cannot be taken for anything else."""
    return sheet if sheet.isalpha() and len(sheet) > len("TRUE") else quoted(sheet)


def place_of(finding: Finding, answers: str) -> tuple[str, int, int] | None:
    """Sheet, row and column (from 1) that a finding is about; the first column when it is about a row as a whole."""
    cell = (finding.cell or "").rpartition("!")[2]
    if not cell:
        return None if finding.row is None else (answers, int(finding.row), 1)
    letters = cell.rstrip("0123456789")
    return finding.sheet or answers, int(cell[len(letters) :]), column_number(letters)
