"""Reads a push in CSV: comma, UTF-8 with or without BOM, a heading in row 1; blank rows count and are passed over."""

import csv
import io
from collections.abc import Iterator, Sequence

from submission_svc.domain.push.numbers import Unreadable, read_number, read_year
from submission_svc.domain.push.rows import (
    ADMINISTRATION,
    MOST_COLUMNS,
    MOST_ROWS,
    Row,
    Table,
    columns_for,
    decoded,
    malformed,
    too_many_rows,
)
from submission_svc.domain.push.wording import shown, suggestion

REQUIRED = ("code", "year", "value")


def read_csv(body: bytes, *, many: bool) -> Table:
    """The rows of a CSV push; the heading is row 1, and a record with line breaks in it is one row.

    Raises:
        ProblemError: `answers.malformed` (400) when quotes or encoding make it unreadable; `answers.too_many_rows`.
    """
    text = decoded(body)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise malformed(f"Line {line} has a NUL character.", line, "Save the file as CSV UTF-8 and send it again.")
    table = Table()
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        _read(reader, columns_for(many=many), table)
    except csv.Error as error:
        line = reader.line_num
        message = f"This is not CSV: {error}, at line {line}."
        raise malformed(message, line, 'Close every quote; write a quote inside quotes twice: "".') from None
    return table


def _read(reader: Iterator[list[str]], known: Sequence[str], table: Table) -> None:
    heading = [cell.strip() for cell in next(reader, [])]
    places = _places(heading, known, table)
    if places is None:
        return
    width = len(heading)
    administration, code, year, value, state, reason, comment = places
    for number, cells in enumerate(reader, start=2):
        if not any(cells):
            continue
        table.received += 1
        if table.received > MOST_ROWS:
            raise too_many_rows()
        if len(cells) != width:
            if len(cells) > width:
                _too_many(number, len(cells), width, table)
                continue
            cells += [""] * (width - len(cells))
        cells.append("")  # where columns that the file does not have point to
        table.rows.append(
            Row(
                number,
                cells[administration].strip(),
                cells[code].strip(),
                _year(cells[year]),
                _number(cells[value]),
                cells[state].strip(),
                cells[reason].strip(),
                cells[comment].strip(),
            )
        )


def _year(cell: str) -> int | Unreadable | None:
    text = cell.strip()
    return read_year(text) if text else None


def _number(cell: str) -> float | Unreadable | None:
    text = cell.strip()
    return read_number(text) if text else None


def _places(heading: list[str], known: Sequence[str], table: Table) -> list[int] | None:
    """Where each column stands, administration first; -1 for those left out. None when the heading makes no sense."""
    if not any(heading):
        return None
    if len(heading) > MOST_COLUMNS:
        hint = f"The heading is: {','.join(known)}."
        table.find(1, None, "answers.too_many_columns", f"The heading has {len(heading)} columns.", hint)
        return None
    for place, name in enumerate(heading, start=1):
        if name not in known:
            table.find(
                1, shown(name) or str(place), "answers.unknown_column", _unknown(name, place), _hint(name, known)
            )
        elif heading.index(name) != place - 1:
            table.find(1, name, "answers.column_twice", f"The column {name} stands twice.", "Keep one of them.")
    missing = [name for name in known if name not in heading and (name in REQUIRED or name == ADMINISTRATION)]
    for name in missing:
        hint = f"The heading is: {','.join(known)}."
        table.find(1, name, "answers.missing_column", f"The column {name} is missing.", hint)
    if missing:
        return None
    return [heading.index(name) if name in heading else -1 for name in (ADMINISTRATION, *known[-6:])]


def _unknown(name: str, place: int) -> str:
    return f"The column {shown(name)} is not known." if name else f"Column {place} has no name."


def _hint(name: str, known: Sequence[str]) -> str:
    for separator, spoken in ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")):
        if separator in name:
            return f"This file separates its columns by {spoken}; use commas."
    return suggestion(name, known) or f"Known columns: {', '.join(known)}."


def _too_many(number: int, cells: int, width: int, table: Table) -> None:
    message = f"This row has {cells} cells, the heading has {width}."
    hint = "Put texts that have a comma in them into quotes, and write decimals with a point."
    table.find(number, None, "answers.too_many_cells", message, hint)
