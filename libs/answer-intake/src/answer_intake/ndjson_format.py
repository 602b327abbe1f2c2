"""Reads answers in NDJSON: one object a line; a line that cannot be read is one finding, the others are read."""

import json
import re

from answer_intake.decoding import decoded
from answer_intake.findings import UnreadableError
from answer_intake.formats import Format
from answer_intake.json_format import DECODER, json_advice, take_items
from answer_intake.rows import MOST_ROWS, Table

_DOCUMENT = '{"answers":['
_STRAY_BYTE = re.compile("[\udc80-\udcff]")


def read_ndjson(body: bytes, *, many: bool) -> Table:
    """The rows of an NDJSON file; rows are its lines, from 1; blank ones count and are passed over.

    Raises:
        UnreadableError: it is JSON over several lines or no text at all, or it has too many rows.
    """
    table = Table()
    items: list[tuple[int, object]] = []
    for number, line in enumerate(_text(body).split("\n"), start=1):
        bare = line.strip()
        if not bare:
            continue
        table.received += 1
        if table.received > MOST_ROWS:
            raise UnreadableError("answers.too_many_rows", {"most": MOST_ROWS})
        if number == 1 and (bare in ("{", "[") or bare.replace(" ", "").startswith(_DOCUMENT)):
            raise UnreadableError("answers.other_format", {"format": "NDJSON", "advice": "is_json"})
        _take(number, bare, items, table)
    take_items(items, table, many=many)
    return table


def _text(body: bytes) -> str:
    try:
        return decoded(body, Format.NDJSON)
    except UnreadableError as error:
        if error.finding.code != "answers.encoding":
            raise
    return body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="surrogateescape")


def _take(number: int, line: str, items: list[tuple[int, object]], table: Table) -> None:
    stray = None if line.isascii() else _STRAY_BYTE.search(line)
    if stray:
        table.find(number, None, "answers.line_encoding", {"position": stray.start() + 1})
        return
    try:
        items.append((number, DECODER.decode(line)))
    except json.JSONDecodeError as error:
        table.find(number, None, "answers.line_malformed", {"position": error.colno, "advice": json_advice(error)})
    except RecursionError:
        table.find(number, None, "answers.line_nested_too_deeply")
