"""A connection that is cut at any byte of a push leaves nothing behind."""

import asyncio
import json
from typing import Any

import pytest

PATH = "/api/v1/cycles/c-2024/submissions/KEN/answers"
BODY = json.dumps(
    {"answers": [{"code": code, "year": 2024, "value": 1} for code in ("HOURS", "BALANCE", "UNUSED")]}
).encode()
TABLES = ("submission", "answer", "idempotency_key", "audit_entry", "push_job", "outbox")


def sent(app: Any, body: bytes, *, is_cut: bool, **headers: str) -> list[int]:
    """Send a part of a body in two pieces, then cut the connection or say that this was all; the statuses answered."""
    given = {
        "authorization": "Bearer system-ken",
        "content-type": "application/json",
        "content-length": str(len(BODY)),
        "idempotency-key": "k",
        **headers,
    }
    half = len(body) // 2
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": body[:half], "more_body": True},
        {"type": "http.request", "body": body[half:], "more_body": is_cut},
    ]
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": PATH,
        "raw_path": PATH.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
        "scheme": "http",
    }
    asyncio.run(app(scope, receive, send))
    return statuses


@pytest.mark.parametrize("headers", [{}, {"prefer": "respond-async"}], ids=["push", "job"])
def test_a_push_that_is_cut_off_has_no_effect_and_may_be_sent_again(service: Any, headers: dict[str, str]) -> None:
    before = [service.table(name) for name in TABLES]
    for length in range(0, len(BODY) + 1, 7):
        sent(service.app, BODY[:length], is_cut=True, **headers)
    sent(service.app, BODY, is_cut=True, **headers)
    assert [service.table(name) for name in TABLES] == before
    assert sent(service.app, BODY, is_cut=False, **headers) == [202 if headers else 200]


def test_a_body_that_ends_too_early_is_malformed(service: Any) -> None:
    assert sent(service.app, BODY[:-2], is_cut=False) == [400]
    assert service.table("submission") == []
