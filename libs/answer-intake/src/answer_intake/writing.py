"""Writes answers in each format, so that reading them gives the very same answers."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from answer_intake.formats import Format
from answer_intake.json_format import TOP
from answer_intake.neutralising import neutralised
from answer_intake.numbers import spelled
from answer_intake.rows import ADMINISTRATION, columns_for
from answer_intake.taken import NONE, Taken
from answer_intake.workbook.writing import write_workbook

Item = dict[str, Any]


def items_of(taken: Taken, *, many: bool) -> Iterator[Item]:
    """What a file says as rows: figures, then deletions, then claims, without empty fields."""
    for (administration, code, year), entry in taken.answers.items():
        said = {"code": code, "year": year, "value": entry.value}
        said["state"] = "missing" if entry.value is None else None
        said |= {"status": entry.status, "reason": entry.reason, "comment": entry.comment, "period": entry.period}
        yield _item(administration, said, many=many)
    for administration, code, year in taken.deleted:
        yield _item(administration, {"code": code, "year": year, "state": NONE}, many=many)
    for (administration, kpi), (_, state, reason) in taken.claims.items():
        yield _item(administration, {"code": kpi, "state": state, "reason": reason or None}, many=many)


def write(items: Iterable[Item], fmt: Format, *, many: bool) -> bytes:
    """A file of answers; workbooks to be filled in are made by `workbook.template`."""
    return _WRITERS[fmt](items, many=many)


def _item(administration: str, said: Item, *, many: bool) -> Item:
    whole = {ADMINISTRATION: administration, **said} if many else said
    return {name: _plain(value) for name, value in whole.items() if value is not None}


def _plain(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def _json(items: Iterable[Item], *, many: bool) -> bytes:
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, allow_nan=False) for item in items)
    return f'{{"{TOP}": [\n{lines}\n]}}\n'.encode()


def _ndjson(items: Iterable[Item], *, many: bool) -> bytes:
    return "".join(json.dumps(item, ensure_ascii=False, allow_nan=False) + "\n" for item in items).encode()


def _csv(items: Iterable[Item], *, many: bool) -> bytes:
    """With a byte order mark, because spreadsheets take files without one for Windows-1252."""
    columns = columns_for(many=many)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for item in items:
        writer.writerow([_cell(item.get(name)) for name in columns])
    return ("\ufeff" + text.getvalue()).encode()


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return spelled(float(value)) if isinstance(value, float) else str(value)
    return "" if value is None else neutralised(str(value))


_WRITERS = {Format.JSON: _json, Format.NDJSON: _ndjson, Format.CSV: _csv, Format.XLSX: write_workbook}
