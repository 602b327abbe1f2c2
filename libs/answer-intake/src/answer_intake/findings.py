"""What can be said of a file of answers, free of any language: a code, a place, and parameters for the words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Severity = Literal["error", "note"]
Parameter = str | int | float | tuple[str | int, ...]
NOTHING: Mapping[str, Parameter] = MappingProxyType({})

# Everything else is an error. A note tells how something was understood; it never stops a row.
NOTES = frozenset(
    {
        "answers.duplicate",
        "answers.decimal_comma",
        "answers.encoding_assumed",
        "answers.fiscal_period",
        "workbook.beside",
        "workbook.hidden_rows",
        "workbook.sheet_not_read",
    }
)

# About the form of a whole file: with one of them, nobody knows what its rows mean.
OF_THE_WHOLE = frozenset(
    {
        "answers.administration_unexpected",
        "answers.column_twice",
        "answers.missing_column",
        "answers.no_heading",
        "answers.too_many_columns",
        "answers.unknown_column",
    }
)

# About a cell that does not show what it says: nothing else is to be said of it, though of the others of its row.
LOST_CELLS = frozenset({"workbook.formula_without_result", "workbook.merged_cell"})


class Finding(NamedTuple):
    """One thing to say of a file.

    `row` counts as the sender's own file counts (None: the file as a whole); `column` is the name of a column in
    `rows.COLUMNS`, or the heading as it was written when it is none of them; `parameters` are what the texts of
    `wording` speak of, cleaned by `showing.shown` where they come from the sender (`advice` picks the hint);
    `cell` names the cell of a workbook, like C12, with its sheet where rows of several sheets were read.
    """

    code: str
    row: int | None = None
    column: str | None = None
    parameters: Mapping[str, Parameter] = NOTHING
    cell: str | None = None

    @property
    def sheet(self) -> str | None:
        """The sheet that the row is on, where rows of several were read."""
        sheet = (self.cell or "").rpartition("!")[0]
        return (sheet[1:-1].replace("''", "'") if sheet[:1] == "'" else sheet) or None

    @property
    def severity(self) -> Severity:
        """Whether the row is refused for it."""
        return "note" if self.code in NOTES else "error"


class Unreadable(NamedTuple):
    """What stands in a row in place of a cell that could not be read, and what to say of it."""

    code: str
    parameters: Mapping[str, Parameter] = NOTHING


class UnreadableError(Exception):
    """A body of which nothing is taken because it cannot be read from some place on; `finding` says why."""

    def __init__(self, code: str, parameters: Mapping[str, Parameter] = NOTHING) -> None:
        super().__init__(code)
        self.finding = Finding(code, parameters=parameters)
