"""Reads a push in JSON, strictly: no NaN, no number that would change, no field twice."""

import json
from collections.abc import Sequence

from submission_svc.domain.push.numbers import SAFE_DIGITS, Unreadable, read_number
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

TOP = "answers"
EXPECTED = '{"answers": [{"code": ..., "year": ..., "value": ...}]}'


class _Doubled(dict[str, object]):
    """An object in which a field stands twice."""


def read_json(body: bytes, *, many: bool) -> Table:
    """The rows of a JSON push; items count from 1.

    Raises:
        ProblemError: `answers.malformed` (400) with line and column when it is not JSON; `answers.too_many_rows`.
    """
    table = Table(pointer=_pointer)
    items = _items(_parsed(decoded(body)), table)
    table.received = len(items)
    if table.received > MOST_ROWS:
        raise too_many_rows()
    known = columns_for(many=many)
    for number, item in enumerate(items, start=1):
        if type(item) is dict and item.keys() <= _KNOWN[many]:
            get = item.get
            administration = get(ADMINISTRATION) if many else None
            table.rows.append(
                Row(
                    number,
                    administration,
                    get("code"),
                    get("year"),
                    get("value"),
                    get("state"),
                    get("reason"),
                    get("comment"),
                )
            )
        else:
            _odd_item(number, item, known, table)
    return table


_KNOWN = {many: frozenset(columns_for(many=many)) for many in (False, True)}


def _pointer(row: int, column: str | None) -> str | None:
    if row == 0:
        return "" if column is None else f"/{column}"
    return f"/{TOP}/{row - 1}" if column is None else f"/{TOP}/{row - 1}/{column}"


def _parsed(text: str) -> object:
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        message = f"This is not JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        hint = "Mend this place; what follows it was not read."
        raise malformed(message, error.lineno, hint, error.colno) from None
    except RecursionError:
        raise malformed("The JSON is nested too deeply.", 1, f"Send {EXPECTED}.") from None


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else _Doubled(made)


def _integer(text: str) -> int | float | Unreadable:
    return int(text) if len(text) <= SAFE_DIGITS else read_number(text)


_DECODER = json.JSONDecoder(
    parse_float=read_number,  # what is not a number becomes an Unreadable in its place
    parse_int=_integer,
    parse_constant=read_number,
    object_pairs_hook=_pairs,
)


def _items(document: object, table: Table) -> Sequence[object]:
    if isinstance(document, list):
        table.find(0, None, "answers.shape", "The body is a bare list.", f"Send {EXPECTED}.")
        return ()
    if not isinstance(document, dict):
        table.find(0, None, "answers.shape", "The body is not a JSON object.", f"Send {EXPECTED}.")
        return ()
    for name in list(document)[:MOST_COLUMNS]:
        if name != TOP:
            hint = suggestion(name, [TOP]) or f"The only field is {TOP}."
            table.find(0, None, "answers.unknown_field", f"The field {shown(name)} is not known here.", hint)
    if isinstance(document, _Doubled):
        table.find(0, None, "answers.field_twice", "A field stands twice in the body.", f"Send {EXPECTED}.")
    items = document.get(TOP)
    if not isinstance(items, list):
        table.find(0, TOP, "answers.shape", f"The field {TOP} must be a list.", f"Send {EXPECTED}.")
        return ()
    return items


def _odd_item(number: int, item: object, known: Sequence[str], table: Table) -> None:
    if not isinstance(item, dict):
        table.find(number, None, "answers.shape", "This item is not a JSON object.", f"Send {EXPECTED}.")
        return
    if isinstance(item, _Doubled):
        table.find(number, None, "answers.field_twice", "A field stands twice in this item.", "Keep one of them.")
    if len(item) > MOST_COLUMNS:
        hint = f"Known fields: {', '.join(known)}."
        table.find(number, None, "answers.too_many_fields", f"This item has {len(item)} fields.", hint)
        return
    for name in item:
        if name not in known:
            hint = suggestion(name, known) or f"Known fields: {', '.join(known)}."
            table.find(number, None, "answers.unknown_field", f"The field {shown(name)} is not known here.", hint)
    table.rows.append(Row(number, *(item.get(name) for name in (ADMINISTRATION, *known[-6:]))))
