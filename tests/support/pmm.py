"""A made-up server for commands of `pmm`, and what running one gives."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import httpx

Said = Callable[..., tuple[int, str]]
Got = Callable[..., tuple[int, Any]]


@dataclass
class Server:
    """Answers by method and path: a document, a response, a list of what comes one after the other, or a failure."""

    answers: dict[str, Any] = field(default_factory=dict)
    seen: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.seen.append(request)
        found = self.answers.get(f"{request.method} {request.url.path}")
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if isinstance(found, Exception):
            raise found
        if isinstance(found, httpx.Response):
            return found
        problem = {"code": "made_up.not_found", "detail": f"There is nothing at {request.url.path}."}
        return httpx.Response(404, json=problem) if found is None else httpx.Response(200, json=found)


def stream_of(events: Iterable[tuple[str, dict[str, Any]]]) -> httpx.Response:
    """An answer of server-sent events."""
    parts = [f"event: {name}\nid: {at}\ndata: {json.dumps(data)}\n\n" for at, (name, data) in enumerate(events, 1)]
    return httpx.Response(200, text="".join(parts), headers={"Content-Type": "text/event-stream; charset=utf-8"})
