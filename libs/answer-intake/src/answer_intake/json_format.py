"""Reads answers in JSON, strictly: no NaN, no number that would change, no field twice."""

import json
from collections.abc import Sequence

from answer_intake.decoding import decoded
from answer_intake.findings import Parameter, Unreadable, UnreadableError
from answer_intake.formats import Format
from answer_intake.numbers import SAFE_DIGITS, read_number
from answer_intake.rows import ADMINISTRATION, MOST_COLUMNS, MOST_ROWS, Row, Table, columns_for
from answer_intake.showing import shown
from answer_intake.suggesting import nearest

TOP = "answers"
# What is wrong, by the words of Python's decoder; anything else gets the general advice.
_ADVICE = {
    "Expecting value": "json_value",
    "Expecting property name enclosed in double quotes": "json_name",
    "Expecting ':' delimiter": "json_colon",
    "Expecting ',' delimiter": "json_comma",
    "Extra data": "json_end",
    "Invalid control character at": "json_control",
    "Unterminated string starting at": "json_quote",
    "Illegal trailing comma before end of object": "json_name",
    "Illegal trailing comma before end of array": "json_value",
}


class Doubled(dict[str, object]):
    """An object in which a field stands twice."""


def read_json(body: bytes, *, many: bool) -> Table:
    """The rows of a JSON document; items count from 1.

    Raises:
        UnreadableError: it is not JSON, with line and column, or it has too many rows.
    """
    table = Table()
    items = _items(_parsed(decoded(body, Format.JSON)), table)
    table.received = len(items)
    if table.received > MOST_ROWS:
        raise UnreadableError("answers.too_many_rows", {"most": MOST_ROWS})
    take_items(list(enumerate(items, start=1)), table, many=many)
    return table


def take_items(items: Sequence[tuple[int, object]], table: Table, *, many: bool) -> None:
    """Make rows of objects, each with its number; those of another shape become findings."""
    known, names = columns_for(many=many), _KNOWN[many]
    keep = table.rows.append
    for number, item in items:
        if type(item) is dict and item.keys() <= names:
            keep(row_of(number, item))
        else:
            _odd_item(number, item, known, table)


def row_of(number: int, item: dict[str, object]) -> Row:
    """The row that an object is."""
    get = item.get
    year = get("year")
    if type(year) is float and year.is_integer():
        year = int(year)  # statistical packages write 2024.0
    return Row(
        number,
        get(ADMINISTRATION),
        get("code"),
        year,
        get("value"),
        get("state"),
        get("reason"),
        get("comment"),
        get("status"),
        get("period"),
    )


_KNOWN = {many: frozenset(columns_for(many=many)) for many in (False, True)}


def json_advice(error: json.JSONDecodeError) -> str:
    """The advice about a place where a text stops being JSON."""
    return _ADVICE.get(error.msg, "json_other")


def _parsed(text: str) -> object:
    try:
        return DECODER.decode(text)
    except json.JSONDecodeError as error:
        said: dict[str, Parameter] = {"line": error.lineno, "position": error.colno, "advice": json_advice(error)}
        raise UnreadableError("answers.malformed", said) from None
    except RecursionError:
        raise UnreadableError("answers.nested_too_deeply") from None


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else Doubled(made)


def _integer(text: str) -> int | float | Unreadable:
    return int(text) if len(text) <= SAFE_DIGITS else read_number(text)


DECODER = json.JSONDecoder(
    parse_float=read_number,  # what is not a number becomes an Unreadable in its place
    parse_int=_integer,
    parse_constant=read_number,
    object_pairs_hook=_pairs,
)


def _items(document: object, table: Table) -> Sequence[object]:
    if not isinstance(document, dict):
        advice = "bare_list" if isinstance(document, list) else "whole_document"
        table.find(None, None, "answers.not_an_object", {"advice": advice})
        return ()
    for name in list(document)[:MOST_COLUMNS]:
        if name != TOP:
            _unknown(None, name, (TOP,), table)
    if isinstance(document, Doubled):
        table.find(None, None, "answers.field_twice")
    items = document.get(TOP)
    if not isinstance(items, list):
        table.find(None, None, "answers.no_list")
        return ()
    return items


def _odd_item(number: int, item: object, known: Sequence[str], table: Table) -> None:
    if not isinstance(item, dict):
        table.find(number, None, "answers.not_an_object", {"advice": "item"})
        return
    if isinstance(item, Doubled):
        table.find(number, None, "answers.field_twice")
    if len(item) > MOST_COLUMNS:
        table.find(number, None, "answers.too_many_fields", {"fields": len(item), "expected": tuple(known)})
        return
    for name in item:
        if name not in known:
            _unknown(number, name, known, table)
    table.rows.append(row_of(number, item))


def _unknown(number: int | None, name: str, known: Sequence[str], table: Table) -> None:
    if name == ADMINISTRATION and number is not None:
        table.find(number, ADMINISTRATION, "answers.administration_unexpected")
        return
    said: dict[str, Parameter] = {"heading": shown(name), "expected": tuple(known)}
    like = nearest(name, known)
    if like is not None:
        said |= {"like": like, "advice": "did_you_mean"}
    table.find(number, None, "answers.unknown_field", said)
