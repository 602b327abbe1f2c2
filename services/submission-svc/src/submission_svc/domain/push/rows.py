"""What every format is read into: rows of cells, counted as the sender's own file counts them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from service_kit.errors import Finding, Kind, ProblemError

# Bounds of one push. A member's whole submission is a few hundred rows; a file of many members some ten thousand.
MOST_ROWS = 200_000
MOST_COLUMNS = 50
FIELDS = ("code", "year", "value", "state", "reason", "comment")
ADMINISTRATION = "administration"


class Row(NamedTuple):
    """One row as it was sent. Cells that could not be read hold an `Unreadable`; empty ones are None."""

    number: int
    administration: object
    code: object
    year: object
    value: object
    state: object
    reason: object
    comment: object


def no_pointer(row: int, column: str | None) -> str | None:
    """Tables have rows and columns only."""
    return None


@dataclass
class Table:
    """A push as it was read, with what was wrong with its form alone. `received` counts every row sent."""

    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    received: int = 0
    pointer: Callable[[int, str | None], str | None] = no_pointer

    def find(self, row: int, column: str | None, code: str, message: str, hint: str | None = None) -> None:
        """Note what is wrong, and where."""
        pointer = self.pointer(row, column)
        self.findings.append(Finding(code, message, pointer=pointer, row=row, column=column, hint=hint))


def columns_for(*, many: bool) -> tuple[str, ...]:
    """The columns of a push: with the administration when it is for many."""
    return (ADMINISTRATION, *FIELDS) if many else FIELDS


def decoded(body: bytes) -> str:
    """The text of a body.

    Raises:
        ProblemError: `answers.malformed` (400) with the line where it stops being UTF-8.
    """
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        looks_wide = body.startswith((b"\xff\xfe", b"\xfe\xff"))
        guess = "UTF-16" if looks_wide else "Windows-1252 or Latin-1"
        raise malformed(
            f"The body is not UTF-8: byte {error.start + 1}, in line {line}, does not fit. It may be {guess}.",
            line,
            "Save the file as UTF-8 (in a spreadsheet: CSV UTF-8) and send it again.",
        ) from None


def too_many_rows() -> ProblemError:
    """The refusal of a push that is too long to be checked in one go."""
    return ProblemError(
        "answers.too_many_rows",
        Kind.TOO_LARGE,
        f"A push has at most {MOST_ROWS:,} rows. Nothing was saved; send it in parts.",
    )


def malformed(message: str, line: int, hint: str, column: int | None = None) -> ProblemError:
    """The refusal of a body that cannot be read from some place on."""
    place = None if column is None else str(column)
    finding = Finding("answers.malformed", message, line=line, column=place, hint=hint)
    return ProblemError("answers.malformed", Kind.MALFORMED, f"{message} Nothing was saved.", findings=(finding,))
