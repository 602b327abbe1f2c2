"""Watching: what it goes on after, and what it refuses at once."""

from typing import Any

import httpx
import pytest

from pmm_cli.api import Api
from pmm_cli.commands.watch import events
from pmm_cli.errors import RefusedError, UnreachableError
from tests.support.pmm import Got, Said, Server, stream_of

STREAM = "GET /api/v1/events/stream"
SCORED: dict[str, Any] = {
    "type": "score.updated.v1",
    "data": {"cycle": "c-2024", "administration": "KEN", "score": 61.3},
}


class Expiring:
    """Tokens that are counted."""

    def __init__(self) -> None:
        self.forgotten = 0

    def get(self) -> str | None:
        return f"t{self.forgotten}"

    def forget(self) -> None:
        self.forgotten += 1


def watching(server: Server) -> tuple[Api, list[str], list[float]]:
    told: list[str] = []
    waits: list[float] = []
    http = httpx.Client(transport=httpx.MockTransport(server))

    def tell(text: str, **named: object) -> None:
        told.append(text.format(**named))

    return Api(http, "http://pmm.test", Expiring(), waits.append, tell), told, waits


def test_an_unknown_cycle_is_refused_at_once(server: Server, got: Got) -> None:
    problem = {"code": "cycle.not_found", "detail": "There is no cycle nope."}
    server.answers = {"GET /api/v1/cycles/nope": httpx.Response(404, json=problem)}
    assert got("watch", "--cycle", "nope") == (1, problem)
    assert [request.url.path for request in server.seen] == ["/api/v1/cycles/nope"]


def test_an_unknown_administration_of_a_cycle_is_refused_at_once(server: Server, got: Got) -> None:
    server.answers = {"GET /api/v1/cycles/c-2024": {"population": "testers"}}
    code, problem = got("watch", "--cycle", "c-2024", "--administration", "NOPE")
    assert (code, problem["detail"]) == (1, "There is nothing at /api/v1/populations/testers/administrations/NOPE.")


def test_the_server_is_asked_for_one_cycle_only(server: Server, said: Said) -> None:
    server.answers = {
        "GET /api/v1/cycles/c-2024": {"population": "testers"},
        STREAM: stream_of([("score.updated.v1", SCORED)]),
    }
    code, text = said("watch", "--cycle", "c-2024", "--first", "1")
    assert (code, text.split()[-2:]) == (0, ["score", "61.3"])
    assert server.seen[-1].url.params["cycle"] == "c-2024"


def test_the_word_that_a_token_has_expired_is_no_event() -> None:
    ended = [("score.updated.v1", SCORED), ("end", {"reason": "token_expired"})]
    server = Server({STREAM: [stream_of(ended), stream_of([("score.updated.v1", {"type": "second"})])]})
    api, told, _ = watching(server)
    found = events(api, None)
    assert [next(found)[1]["type"], next(found)[1]["type"]] == ["score.updated.v1", "second"]
    assert server.seen[1].headers["Last-Event-ID"] == "1"
    assert told == []


def test_an_expired_token_is_replaced_and_a_second_refusal_ends_it() -> None:
    refused = httpx.Response(401, json={"detail": "Expired."})
    server = Server({STREAM: [refused, stream_of([("x", SCORED)]), refused, refused]})
    api, _, _ = watching(server)
    found = events(api, None)
    assert next(found)[1] == SCORED
    with pytest.raises(RefusedError, match="Expired"):
        next(found)
    assert [request.headers["Authorization"] for request in server.seen] == [
        *("Bearer t0", "Bearer t1", "Bearer t1", "Bearer t2")
    ]


def test_a_line_that_breaks_is_told_once_and_taken_up_again() -> None:
    cut = httpx.ReadError("Connection reset by peer")
    server = Server({STREAM: [stream_of([("x", SCORED)]), cut, cut, httpx.Response(503), stream_of([("x", SCORED)])]})
    api, told, waits = watching(server)
    found = events(api, None)
    next(found)
    assert next(found)[1] == SCORED
    assert told == ["The stream broke off; trying again until it comes back."]
    assert len(waits) == 4


def test_a_server_that_never_answered_is_not_waited_for(server: Server, said: Said) -> None:
    server.answers = {STREAM: httpx.ConnectError("Connection refused")}
    code, text = said("watch")
    assert (code, "http://pmm.test does not answer: Connection refused." in text) == (4, True)
    api, _, _ = watching(server)
    with pytest.raises(UnreachableError, match="refused"):
        next(events(api, None))


def test_another_server_is_no_stream_of_events(server: Server, said: Said) -> None:
    server.answers = {STREAM: httpx.Response(200, text="<html>", headers={"Content-Type": "text/html"})}
    code, text = said("watch")
    assert (code, "does not answer as OpenPMM" in text) == (4, True)


def test_scripts_get_one_document_a_line(server: Server, got: Got) -> None:
    server.answers = {STREAM: stream_of([("x", SCORED)])}
    assert got("watch", "--first", "1") == (0, {"id": "1", **SCORED})
