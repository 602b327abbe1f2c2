"""Reads answers in CSV: delimiter, encoding and decimal mark are found out; blank rows count and are passed over."""

import _csv
import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from answer_intake.decimals import settle
from answer_intake.decoding import decoded_leniently
from answer_intake.findings import Unreadable, UnreadableError
from answer_intake.headings import HEADING_WITHIN, PRINTED, columns_in, heading_among, places, plain
from answer_intake.neutralising import restored
from answer_intake.numbers import read_number, read_year
from answer_intake.rows import COLUMNS, EXPLAINING, MOST_ROWS, Row, Table
from answer_intake.showing import shown

Records = Iterator[tuple[int, list[str]]]
DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r'"?sep=([,;|\t])"?\r?(?:\n|$)', re.IGNORECASE)


@dataclass
class CsvTable(Table):
    """Knows the lines that an editor shows, where they are others than the rows that a spreadsheet shows.

    `shifts` are, in their order, rows from which on lines are so many further.
    """

    shifts: list[tuple[int, int]] = field(default_factory=list)

    def line(self, row: int | None) -> int | None:
        """The line that a row begins at, where it has another number."""
        after = 0 if row is None else bisect_right(self.shifts, row, key=lambda shift: shift[0])
        return row + self.shifts[after - 1][1] if row is not None and after else None


def read_csv(body: bytes, *, many: bool) -> Table:
    """The rows of a CSV file.

    Rows are counted as spreadsheets show them: the first line is row 1, blank rows count, a record with line breaks
    inside quotes is one row, and a line `sep=;` before the heading, which spreadsheets swallow, is none. Titles above
    the heading are passed over, and in our template, saved as CSV, rows that nobody has filled in.

    Raises:
        UnreadableError: quotes or encoding make it unreadable, or it has too many rows.
    """
    table = CsvTable()
    text = decoded_leniently(body, table)
    if text.lstrip()[:1] in ("{", "["):
        raise UnreadableError("answers.other_format", {"format": "CSV", "advice": "is_json"})
    delimiter, text, swallowed = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        _read(_records(reader, swallowed, table), table, many=many)
    except csv.Error as error:
        advice = "close_quotes" if "field larger" not in str(error) else "field_too_long"
        raise UnreadableError("answers.not_csv", {"line": reader.line_num + swallowed, "advice": advice}) from None
    return table


def _records(reader: _csv.Reader, swallowed: int, table: CsvTable) -> Records:
    """The records by row, from 1; where lines begin to be others than rows, that is kept."""
    shift, line = 0, swallowed
    for row, cells in enumerate(reader, start=1):
        if line + 1 - row != shift:
            shift = line + 1 - row
            table.shifts.append((row, shift))
        yield row, cells
        line = reader.line_num + swallowed


def _delimiter(text: str) -> tuple[str, str, int]:
    """What separates the columns (what `sep=` says, else what makes most known names of the heading, else what the
    first lines have most of), the text below such a line, and how many lines that were."""
    said = _SEPARATOR_LINE.match(text)
    if said:
        return said[1], text[said.end() :], 1
    start = text.lstrip("\r\n")[:20_000]
    known = {delimiter: (_known_names(start, delimiter), start.count(delimiter)) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: known[delimiter]), text, 0


def _known_names(start: str, delimiter: str) -> int:
    try:
        rows = list(islice(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter), HEADING_WITHIN))
    except csv.Error:
        return 0
    return len(columns_in(rows[heading_among(rows)])) if rows else 0


def _headed(records: Records, table: Table, *, many: bool) -> tuple[Sequence[str], Mapping[str, int], Records] | None:
    """The heading, where each column stands, and the records below it that say something; None when none is read."""
    filled = (record for record in records if any(record[1]))
    first = list(islice(filled, HEADING_WITHIN))
    if not first:
        return None
    at = heading_among([cells for _, cells in first])
    row, heading = first[at]
    found = places(heading, table, row=row, many=many)
    if found is None:
        return None
    below = chain(first[at + 1 :], filled)
    is_template = at > 0 and any(plain(name) in EXPLAINING for name in heading)
    return heading, found, _filled_in(below, found) if is_template else below


def _filled_in(records: Records, found: Mapping[str, int]) -> Records:
    """The rows of a template that have more than what is printed there."""
    own = [place for column, place in found.items() if column not in PRINTED]
    return (record for record in records if any(cell.strip() for place in own for cell in record[1][place : place + 1]))


def _read(records: Records, table: Table, *, many: bool) -> None:
    headed = _headed(records, table, many=many)
    if headed is None:
        return
    heading, found, records = headed
    width = len(heading)
    nameless = [place for place, name in enumerate(heading) if not name.strip()]
    administration, code, year, value, state, status, reason, comment, period = (
        found.get(each, -1) for each in COLUMNS
    )
    keep, texts = table.rows.append, list[str | None]()
    for number, cells in records:
        table.received += 1
        if table.received > MOST_ROWS:
            raise UnreadableError("answers.too_many_rows", {"most": MOST_ROWS})
        if len(cells) != width and not _fits(number, cells, width, table):
            continue
        if nameless:
            _watch(number, cells, nameless, table)
        cells.append("")  # where columns that the file does not have point to
        figure = cells[value].strip()
        texts.append(figure)
        keep(
            Row(
                number,
                cells[administration].strip(),
                restored(cells[code].strip()),
                _year(cells[year]),
                read_number(figure) if figure else None,
                cells[state].strip(),
                restored(cells[reason].strip()),
                restored(cells[comment].strip()),
                cells[status].strip(),
                cells[period].strip(),
            )
        )
    settle(table, texts)


def _year(cell: str) -> int | Unreadable | None:
    bare = cell.strip()
    return read_year(bare) if bare else None


def _fits(number: int, cells: list[str], width: int, table: Table) -> bool:
    """Fill up a row that is short; False when it is too long: some comma in it has probably shifted its cells."""
    if len(cells) < width:
        cells += [""] * (width - len(cells))
        return True
    table.find(number, None, "answers.too_many_cells", {"cells": len(cells), "columns": width})
    return False


def _watch(number: int, cells: Sequence[str], nameless: Sequence[int], table: Table) -> None:
    """Something stands below a heading without name: nobody knows what it is."""
    for place in nameless:
        if cells[place].strip():
            table.find(number, None, "answers.nameless_column", {"found": shown(cells[place]), "place": place + 1})
