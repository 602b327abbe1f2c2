"""Good requests of every kind that takes a body, what to make odd of them, and headers that nobody should send."""

import csv
import io
from collections.abc import Callable
from random import Random
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tests.support.gateway import answers
from tests.support.odd import as_json, odd_bytes, odd_document

JSON, YAML, CSV, NDJSON = "application/json", "application/yaml", "text/csv", "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADERS = {
    "accept": ["", "*/*;q=x", "text/html", "application/yaml;q=0.9,*/*;q=0.1", "x" * 5_000, "application/json;q=1e999"],
    "accept-language": ["fr", "fr-CA,fr;q=0.9", ";;q=", "x" * 500],
    "authorization": ["Bearer", "bearer x", "Basic YTpi", "Bearer a.b.c", "Bearer " + "x" * 5_000],
    "content-encoding": ["gzip", "br", "identity"],
    "content-type": ["", JSON, "application/json; charset=latin-1", "multipart/form-data", "text/csv;charset", "/;=;"],
    "idempotency-key": ["", "x" * 201, "%C3%A9", "a\tb"],
    "if-match": ["", "*", '"', 'W/"1.1", "0.0"', "x" * 2_000],
    "if-none-match": ["*", '"', "x" * 2_000],
    "last-event-id": ["", "-1", "1e3", "9" * 30, "0"],
    "prefer": ["respond-async", "respond-async, wait=100", "="],
    "range": ["bytes=0-1"],
    "x-request-id": ["x" * 300, "{}"],
}  # fmt: skip
ROWS = [*answers(), {"code": "YIELD", "state": "opted_out", "reason": 'no data, "yet"\nand a second line'}]
COLUMNS = ["code", "year", "value", "state", "reason", "comment"]


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    """A CSV file as a spreadsheet writes it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_xlsx(rows: list[dict[str, Any]]) -> bytes:
    """A workbook of one sheet."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in [COLUMNS, *([row.get(column) for column in COLUMNS] for row in rows)]:
        book.worksheets[0].append(row)
    book.save(file)
    return file.getvalue()


def odd_json(generator: Random) -> bytes:
    """Wrong bytes, or wrong values in the right form."""
    document = {"answers": ROWS}
    return (
        odd_bytes(generator, as_json(document))
        if generator.random() < 0.5
        else as_json(odd_document(generator, document))
    )


def odd_lines(generator: Random) -> bytes:
    """One JSON value a line, some of them odd."""
    lines = [as_json(odd_document(generator, row) if generator.random() < 0.3 else row) for row in ROWS]
    return odd_bytes(generator, b"\n".join(lines))


def odd_workbook(generator: Random) -> bytes:
    """A broken file, or odd things in cells of a good one."""
    if generator.random() < 0.3:
        return odd_bytes(generator, as_xlsx(ROWS))
    rows = [odd_document(generator, row) if generator.random() < 0.3 else row for row in ROWS]
    return as_xlsx([{name: _cell(cell) for name, cell in row.items()} for row in rows if isinstance(row, dict)])


def _cell(value: Any) -> Any:
    """What a cell can hold: ordinary numbers, and text for all else."""
    if value is None or isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < 2**53):
        return value
    return ILLEGAL_CHARACTERS_RE.sub("", str(value).encode(errors="ignore").decode())


PUSHES: dict[str, Callable[[Random], bytes]] = {
    JSON: odd_json,
    CSV: lambda generator: odd_bytes(generator, as_csv(ROWS)),
    NDJSON: odd_lines,
    XLSX: odd_workbook,
}
