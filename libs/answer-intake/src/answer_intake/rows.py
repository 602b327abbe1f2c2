"""What every format is read into: rows of cells, counted as the sender's own file counts them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from answer_intake.findings import NOTES, NOTHING, Finding, Parameter

# Bounds of one file. A member's whole submission is a few hundred rows; a file of many members some ten thousand.
MOST_ROWS = 500_000
MOST_COLUMNS = 50
ADMINISTRATION = "administration"
FIELDS = ("code", "year", "value", "state", "status", "reason", "comment", "period")
COLUMNS = (ADMINISTRATION, *FIELDS)

# Headings of columns that only explain (our workbook has them): read over, whatever is in them. Spelled as
# `headings.plain` spells: small letters, no accents, single spaces.
EXPLAINING = frozenset(
    {
        *("name", "definition", "unit", "range", "earlier value", "allowed values", "note", "kpis"),
        *("nom", "unite", "plage", "intervalle", "valeur anterieure", "valeurs admises", "valeurs autorisees"),
        *("remarque", "icp"),
    }
)


class Row(NamedTuple):
    """One row as it was sent.

    Empty cells are None or "". `year` is an int and `value` an int or float where they could be read; a cell that
    could not holds an `Unreadable`; anything else in a cell is told to the sender as what it is.
    """

    number: int
    administration: object
    code: object
    year: object
    value: object
    state: object
    reason: object
    comment: object
    status: object
    period: object


@dataclass
class Table:
    """A file as it was read, with what was wrong with its form alone.

    `received` counts every row sent, also those that are not in `rows`. `headings` are the columns by name that the
    sender calls otherwise (`{"value": "valeur"}`).
    """

    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    received: int = 0
    notes: list[Finding] = field(default_factory=list)
    headings: Mapping[str, str] = field(default_factory=dict)

    def find(
        self, row: int | None, column: str | None, code: str, parameters: Mapping[str, Parameter] = NOTHING
    ) -> None:
        """Say something of a place: among the notes when the code is one, else among the errors."""
        cell, line = self.cell(row, column), self.line(row)
        said = parameters if line is None else {**parameters, "line": line}
        found = Finding(code, row, self.heading(column), said, cell)
        (self.notes if code in NOTES else self.findings).append(found)

    def heading(self, column: str | None) -> str | None:
        """What the sender calls a column."""
        return None if column is None else self.headings.get(column, column)

    def cell(self, row: int | None, column: str | None) -> str | None:
        """The name of the cell of a place, in formats that name cells."""
        return None

    def line(self, row: int | None) -> int | None:
        """The line of the text that a row begins at, where it is another number than that of the row."""
        return None

    def place(self, finding: Finding) -> tuple[bool, int]:
        """What findings are sorted by, to be in the order of the file: whether it is a later sheet, and the row."""
        return False, finding.row or 0

    def told(self, row: int) -> str | int:
        """A row as it is told beside rows of other sheets."""
        return row


def columns_for(*, many: bool) -> tuple[str, ...]:
    """The columns of a file: with the administration when it is for many."""
    return COLUMNS if many else FIELDS
