"""Cursors come back as the key that they were made of, and nothing else is taken for one."""

import base64
from datetime import datetime

import pytest

from service_kit.errors import ProblemError
from service_kit.paging import cursor_of, key_of


def test_a_cursor_is_read_back_as_its_key() -> None:
    cursor = cursor_of("2026-01-02T03:04:05+00:00", "é/?", 7)
    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert key_of(cursor, datetime.fromisoformat, str, int) == (
        datetime.fromisoformat("2026-01-02T03:04:05+00:00"),
        "é/?",
        7,
    )


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "%",
        "é",
        "AAAA",
        cursor_of(),
        cursor_of("x"),
        cursor_of(1, 2),
        cursor_of("\x00"),
        base64.urlsafe_b64encode(b'{"0": 1}').decode(),
        base64.urlsafe_b64encode(b"[" * 300).decode(),
        base64.urlsafe_b64encode(b"[1e999]").decode(),
    ],
)
def test_anything_else_is_refused_in_words(cursor: str) -> None:
    with pytest.raises(ProblemError, match=r"request\.cursor: The cursor is not one that this list has given out"):
        key_of(cursor, int)
