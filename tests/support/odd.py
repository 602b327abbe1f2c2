"""Makes odd data of good data: bodies with wrong bytes in them, documents with wrong values in them."""

import copy
import json
from random import Random
from typing import Any

NO_TEXT = "\ud800"  # half of a character: JSON can write it, no database keeps it
VALUES: list[Any] = [
    *(None, True, False, 0, -1, -0.0, 0.1, 1e308, 2**63, 10**400, float("nan"), float("inf")),
    *("", " ", "\x00", "\x1b[2J", "NA", "1E2", "007", "=1+1", "../..", "2024-02-30", "é" * 300, "x" * 5_000, NO_TEXT),
    *([], {}, [[]], [None], {"": ""}, {"en": 1}, {NO_TEXT: NO_TEXT}, {"a": {"b": {"c": []}}}),
]
BYTES = [
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\r", b"\n\n", b"\t"),
    *(b'"', b"'", b",", b";", b"{", b"}", b"]", b"-", b"- ", b"1e400", b"NaN", b"=1+1"),
    *(b"\\u0000", b"\\ud800", b"&a *a", b"!!python/object"),
]


def odd_document(generator: Random, document: Any) -> Any:
    """A copy with one to three values, keys or entries that do not belong there."""
    changed = copy.deepcopy(document)
    for _ in range(generator.randint(1, 3)):
        changed = _with_odd_place(generator, changed)
    return changed


def _with_odd_place(generator: Random, document: Any) -> Any:
    holder = generator.choice(list(_holders(document)) or [None])
    value = copy.deepcopy(generator.choice(VALUES))
    if holder is None:
        return value
    if isinstance(holder, list):
        return _in_list(generator, document, holder, value)
    key = generator.choice([*holder, "surprise"])
    if generator.random() < 0.3:
        holder.pop(key, None)
    else:
        holder[key] = value
    return document


def _in_list(generator: Random, document: Any, holder: list[Any], value: Any) -> Any:
    if holder and generator.random() < 0.4:
        holder.append(copy.deepcopy(generator.choice(holder)))
    elif holder:
        holder[generator.randrange(len(holder))] = value
    else:
        holder.append(value)
    return document


def _holders(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [value, *(each for child in value.values() for each in _holders(child))]
    if isinstance(value, list):
        return [value, *(each for child in value for each in _holders(child))]
    return []


def odd_bytes(generator: Random, body: bytes) -> bytes:
    """The body with one to four bytes or pieces changed, put in, taken out, doubled or cut off."""
    for _ in range(generator.randint(1, 4)):
        at = generator.randint(0, len(body))
        until = min(len(body), at + generator.randint(0, 40))
        put = generator.choice([b"", generator.choice(BYTES), generator.randbytes(2), body[at:until] * 2, body[:at]])
        body = body[:at] + put + body[generator.choice([at, at + 1, until]) :]
    return body[: generator.choice([len(body), len(body), generator.randint(0, len(body))])]


def as_json(document: Any) -> bytes:
    """JSON of anything, also of what JSON does not know (NaN)."""
    return json.dumps(document).encode()
