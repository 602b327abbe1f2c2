"""Streams are bounded, so that pages and other readers keep their share."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import httpx
import pytest

from reporting_svc.application.streams import Seats, StreamLimits

Token = Callable[..., str]


def limit(world: Any, *, total: int = 5, per_client: int = 2, anonymous_seconds: float = 3600) -> Seats:
    """Give the application narrow limits."""
    seats = Seats(StreamLimits(total, per_client, anonymous_seconds))
    world.app.state.dependencies = replace(world.app.state.dependencies, seats=seats)
    return seats


class Opened:
    """An open stream, or its refusal. It keeps the lines: httpx closes a stream whose iterator is gone."""

    def __init__(self, stack: ExitStack, address: str, token: str | None = None, **headers: str) -> None:
        sent = headers | ({"authorization": f"Bearer {token}"} if token else {})
        self.answer = stack.enter_context(
            httpx.stream("GET", f"{address}/api/v1/events/stream", headers=sent, timeout=10)
        )
        self.status = self.answer.status_code
        self.lines = self.answer.iter_lines()
        stack.callback(self.close)
        if self.status == 200:
            next(self.lines)
        else:
            self.answer.read()

    def close(self) -> None:
        """Leave."""
        self.answer.close()

    def await_type(self, type_: str) -> None:
        """Read until an event of the type has come."""
        while f"event: {type_}" != next(self.lines):
            pass


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_client_has_so_many_streams_and_gets_a_seat_back_when_one_ends(world: Any, served: str, token: Token) -> None:
    seats = limit(world)
    mine, other = token("secretariat"), token("contact_point", administration="KEN")
    with ExitStack() as stack:
        first = ExitStack()
        assert Opened(first, served, mine).status == 200
        assert Opened(stack, served, mine).status == 200
        refused = Opened(stack, served, mine).answer
        assert (refused.status_code, refused.json()["code"]) == (429, "events.too_many_streams")
        assert int(refused.headers["retry-after"]) > 0
        assert refused.headers["content-type"] == "application/problem+json"
        assert Opened(stack, served, other).status == 200
        first.close()
        until(lambda: seats.taken == 2)
        assert Opened(stack, served, mine).status == 200
    until(lambda: seats.taken == 0)


def test_without_a_token_the_address_counts_that_the_gateway_saw(world: Any, served: str) -> None:
    limit(world, per_client=1)
    with ExitStack() as stack:
        here, there = {"x-envoy-external-address": "192.0.2.1"}, {"x-envoy-external-address": "192.0.2.2"}
        assert Opened(stack, served, **here).status == 200
        assert Opened(stack, served, **here).status == 429
        assert Opened(stack, served, **there).status == 200
        assert Opened(stack, served).status == 200


def test_all_streams_of_a_process_are_bounded_and_pages_go_on(world: Any, served: str) -> None:
    limit(world, total=2, per_client=9)
    with ExitStack() as stack:
        for _ in range(2):
            assert Opened(stack, served).status == 200
        assert Opened(stack, served).status == 429
        assert httpx.get(f"{served}/").status_code == 200


def test_a_refused_position_costs_no_seat(world: Any) -> None:
    seats = limit(world, per_client=1)
    for _ in range(3):
        assert world.get("/api/v1/events/stream?after=77").status_code == 400
    assert seats.taken == 0


@pytest.mark.timeout(30)
def test_a_stream_without_a_token_ends_after_its_time_and_goes_on_where_it_was(world: Any, served: str) -> None:
    world.open()
    limit(world, anonymous_seconds=0.3)
    answer = httpx.get(f"{served}/api/v1/events/stream", timeout=10)
    assert "event: cycle.opened.v1" in answer.text
    assert answer.text.rstrip().endswith('event: end\ndata: {"reason":"time_is_up"}')
    last = world.events()[-1]["sequence"]
    again = httpx.get(f"{served}/api/v1/events/stream", headers={"last-event-id": last}, timeout=10)
    assert "cycle.opened.v1" not in again.text


def test_streams_are_for_their_reader_alone(world: Any, served: str) -> None:
    limit(world, anonymous_seconds=0.1)
    headers = httpx.get(f"{served}/api/v1/events/stream").headers
    assert "private" in headers["cache-control"]
    assert headers["vary"] == "authorization"


def test_many_streams_get_the_same_event_from_a_few_reads(world: Any, served: str, token: Token) -> None:
    world.open()
    reads: list[float] = []
    reader = world.app.state.dependencies.reader
    connect = reader.connect

    def counted() -> Any:
        reads.append(time.monotonic())
        return connect()

    reader.connect = counted
    with ExitStack() as stack:
        streams = [Opened(stack, served, token("secretariat")) for _ in range(15)]
        for stream in streams:
            stream.await_type("cycle.opened.v1")
        until(lambda: time.monotonic() - reads[-1] > 0.3)
        before = len(reads)
        world.score("KEN", {"D1-A": 80.0})
        for stream in streams:
            stream.await_type("score.updated.v1")
        assert len(reads) - before <= 8
