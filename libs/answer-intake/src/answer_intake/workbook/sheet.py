"""Reads the cells of one sheet in a stream: a row at a time, whatever size the sheet says it has."""

import zipfile
from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

from answer_intake.findings import UnreadableError
from answer_intake.workbook.cells import (
    MOST_SHEET_ROWS,
    Cell,
    Merged,
    Odd,
    column_number,
    date_text,
    percent_text,
)
from answer_intake.workbook.parts import Attributes, attribute, pieces
from answer_intake.workbook.strings import unescaped
from answer_intake.workbook.styles import Look

MOST_ELEMENTS = 12_000_000  # a cell is two of them: 500,000 rows with all columns are some 9 million
MOST_MERGED = 100_000
LONGEST_COUNT = 15  # digits


class SheetRow(NamedTuple):
    """A row with at least one cell that is not empty; columns count from 1."""

    number: int
    is_hidden: bool
    cells: dict[int, Cell]


class Texts(NamedTuple):
    """What the cells of all sheets refer to."""

    strings: list[str]
    looks: dict[str, Look]
    from_1904: bool = False


def sheet_rows(archive: zipfile.ZipFile, part: str, texts: Texts, merged: list[Merged]) -> Iterator[SheetRow]:
    """The rows of a sheet from top to bottom; its merged ranges are put into `merged` after the last one.

    Raises:
        UnreadableError: the part is damaged, or has cells without end.
    """
    reader = _Reader(part, texts, merged)
    for _ in pieces(archive, part, reader.start, reader.end, reader.text):
        yield from reader.rows
        reader.rows.clear()


class _Reader:
    """Takes the elements of a sheet; finished rows are in `rows`."""

    def __init__(self, part: str, texts: Texts, merged: list[Merged]) -> None:
        self.rows: list[SheetRow] = []
        self._part = part
        self._texts = texts
        self._columns: dict[str, int] = {}
        self._number = 0
        self._is_hidden = False
        self._cells: dict[int, Cell] = {}
        self._column = 0
        self._kind: str | None = None
        self._style: str | None = None
        self._has_formula = False
        self._is_text = False
        self._is_aside = False
        self._written: list[str] = []
        self._seen = 0
        self._merged = merged

    def start(self, name: str, attributes: Attributes) -> None:
        self._seen += 1
        if self._seen > MOST_ELEMENTS:
            raise UnreadableError("workbook.too_many_cells", {"most": MOST_ELEMENTS // 2})
        if name == "c":
            self._open_cell(attributes)
        elif name == "v" or (name == "t" and not self._is_aside):
            self._is_text = True
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._is_aside = True
        elif name == "row":
            self._open_row(attributes)
        elif name == "mergeCell":
            self._merge(attribute(attributes, "ref") or "")

    def end(self, name: str) -> None:
        if name == "c":
            if self._written or self._has_formula:
                self._close_cell()
        elif name == "row":
            if self._cells:
                self.rows.append(SheetRow(self._number, self._is_hidden, self._cells))
                self._cells = {}
        elif name == "rPh":
            self._is_aside = False
        self._is_text = False

    def text(self, data: str) -> None:
        if self._is_text:
            self._written.append(data)

    def _merge(self, reference: str) -> None:
        merged = Merged.parse(reference)
        if merged is not None and len(self._merged) < MOST_MERGED:
            self._merged.append(merged)

    def _open_row(self, attributes: Attributes) -> None:
        written = attribute(attributes, "r")
        number = self._number + 1 if written is None else _counted(written) or 0
        if not self._number < number <= MOST_SHEET_ROWS:
            raise UnreadableError("workbook.damaged", {"part": self._part})
        self._number, self._column = number, 0
        self._is_hidden = attribute(attributes, "hidden") in ("1", "true")

    def _open_cell(self, attributes: Attributes) -> None:
        self._kind = self._style = None
        self._has_formula = False
        self._written.clear()
        column = 0
        for place in range(0, len(attributes), 2):
            name = attributes[place]
            if name == "r":
                column = self._column_of(attributes[place + 1])
            elif name == "t":
                self._kind = attributes[place + 1]
            elif name == "s":
                self._style = attributes[place + 1]
        self._column = column or self._column + 1

    def _column_of(self, reference: str) -> int:
        name = reference.rstrip("0123456789")
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = column_number(name)
            if not column:
                raise UnreadableError("workbook.damaged", {"part": self._part})
        return column

    def _close_cell(self) -> None:
        value = self._value("".join(self._written))
        if value is not None:
            self._cells[self._column] = value
        self._written.clear()
        self._has_formula = False

    def _value(self, written: str) -> Cell | None:
        kind = self._kind
        if kind == "s":
            return self._shared(written) or None
        if kind in ("str", "inlineStr"):
            return unescaped(written) or None
        if kind == "e":
            return Odd("error", written.strip())
        if kind == "d":
            return Odd("date", written.strip())
        bare = written.strip()
        if not bare:
            return Odd("unworked", "=") if self._has_formula else None
        return bare in ("1", "true") if kind == "b" else self._number_of(bare)

    def _shared(self, written: str) -> str:
        place = _counted(written)
        if place is None or place >= len(self._texts.strings):
            raise UnreadableError("workbook.damaged", {"part": self._part})
        return self._texts.strings[place]

    def _number_of(self, written: str) -> Cell:
        try:
            number = float(written)
        except ValueError:
            return written
        if not isfinite(number):
            return Odd("error", written)
        look = self._texts.looks.get(self._style) if self._style is not None else None
        if look == "date":
            return Odd("date", date_text(number, from_1904=self._texts.from_1904), number)
        return Odd("percent", percent_text(number), number) if look == "percent" else number


def _counted(written: str) -> int | None:
    """A whole number that something is counted with; None when it is none, or longer than any that is right."""
    return int(written) if written.isdecimal() and len(written) <= LONGEST_COUNT else None
