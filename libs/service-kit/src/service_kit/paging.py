"""Opaque cursors: where the next page of a list begins, as text that only the service which made it reads."""

import base64
import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Query

from service_kit.errors import Kind, ProblemError
from service_kit.texts import has_unwritable

MAX_LENGTH = 500
Cursor = Annotated[
    str | None, Query(max_length=MAX_LENGTH, description="`next` of the page before; leave out for the first page")
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many entries a page has at most")]


def cursor_of(*key: str | int) -> str:
    """The cursor that stands for a key: the sort values of the last entry of a page."""
    text = json.dumps(key, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def key_of(cursor: str, *kinds: Callable[[Any], Any]) -> tuple[Any, ...]:
    """The key behind a cursor, each part read by its kind (`str`, `int`, `datetime.fromisoformat`, ...).

    Raises:
        ProblemError: `request.cursor` (400) for anything that no service made.
    """
    try:
        values = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(values, list) or any(isinstance(value, str) and has_unwritable(value) for value in values):
            raise ValueError
        return tuple(kind(value) for kind, value in zip(kinds, values, strict=True))
    except (ValueError, TypeError, OverflowError, RecursionError):
        detail = "The cursor is not one that this list has given out. Leave it out to begin with the first page."
        french = "Le curseur n'a pas été donné par cette liste. Omettez-le pour commencer par la première page."
        raise ProblemError("request.cursor", Kind.MALFORMED, detail, french=french) from None
