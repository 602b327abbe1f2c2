"""The stream: resumes without gap or repetition, is quick, and ends with the token."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

Token = Callable[..., str]
SCORES = {"D1-A": 80.0, "D1-B": 40.0, "D2-A": 60.0, "D2-X": 3.0}


def read_events(
    address: str, *, count: int, token: str | None = None, headers: dict[str, str] | None = None, query: str = ""
) -> Iterator[dict[str, str]]:
    """Server-sent events as dictionaries, until `count` have come or the stream ends."""
    headers = (headers or {}) | ({"authorization": f"Bearer {token}"} if token else {})
    with httpx.stream("GET", f"{address}/api/v1/events/stream{query}", headers=headers, timeout=10) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        event: dict[str, str] = {}
        for line in response.iter_lines():
            if line:
                name, _, value = line.partition(": ")
                event[name] = value
            elif "data" in event:
                yield event
                count -= 1
                if count == 0:
                    return
                event = {}
            else:
                event = {}


def test_resumes_without_gap_or_repetition(world: Any, served: str) -> None:
    world.open()
    for revision, code in enumerate(("KEN", "UGA", "ZMB", "FRA"), start=1):
        world.score(code, SCORES, run=revision)
    wanted = [event["sequence"] for event in world.events()]
    seen: list[str] = []
    while len(seen) < len(wanted):
        headers = {"last-event-id": seen[-1]} if seen else {}
        seen += [event["id"] for event in read_events(served, count=2 if len(seen) < 4 else 1, headers=headers)]
    assert seen == wanted
    assert [event["id"] for event in read_events(served, count=2, query=f"?after={wanted[2]}")] == wanted[3:]


def test_a_stream_about_some_administrations_goes_on_past_the_others(world: Any, served: str) -> None:
    world.open()
    for run in range(1, 40):
        world.score("UGA", SCORES | {"D1-A": float(run)}, run=run)
    world.score("KEN", SCORES, run=60)
    world.score("FRA", SCORES, run=61)
    query = "?administration=KEN&administration=FRA"
    seen = [event["id"] for event in read_events(served, count=2, query=query)]
    assert seen == [event["sequence"] for event in world.events()[-2:]]


def test_events_come_at_once_and_none_is_lost_while_many_write(world: Any, served: str) -> None:
    world.open()
    seen: list[str] = []
    total = 1 + 3 * 20

    def listen() -> None:
        seen.extend(event["id"] for event in read_events(served, count=total))

    listener = threading.Thread(target=listen)
    listener.start()
    writers = [threading.Thread(target=write, args=(world, code)) for code in ("KEN", "UGA", "ZMB")]
    for writer in writers:
        writer.start()
    for thread in (*writers, listener):
        thread.join(timeout=30)
    assert seen == [event["sequence"] for event in world.events()]
    assert len(seen) == total


def write(world: Any, code: str) -> None:
    """Twenty changes of one administration's scores."""
    for revision in range(1, 21):
        world.score(code, SCORES | {"D1-A": float(revision)}, run=revision)


def test_an_event_reaches_the_reader_quickly(world: Any, served: str) -> None:
    world.open()
    arrived: list[float] = []

    def listen() -> None:
        arrived.extend(time.monotonic() for _ in read_events(served, count=6))

    listener = threading.Thread(target=listen)
    listener.start()
    written = []
    for revision in range(1, 6):
        while len(arrived) < revision:
            time.sleep(0.005)
        world.score("KEN", SCORES | {"D1-A": float(revision)}, run=revision)
        written.append(time.monotonic())
    listener.join(timeout=10)
    assert sorted(after - before for before, after in zip(written, arrived[1:], strict=True))[2] < 0.1


def test_ends_when_the_token_expires(world: Any, served: str, token: Token) -> None:
    world.open()
    short = token("secretariat", seconds=2)
    events = list(read_events(served, count=99, token=short))
    assert events[-1]["event"] == "end"
    assert events[-1]["data"] == '{"reason":"token_expired"}'


@pytest.mark.parametrize("given", ["abc", "-1", "1.5", "9" * 30, "9" * 19, "9" * 5_000, "0" * 5_000, "²", ""])
def test_refuses_a_last_event_id_that_is_none(world: Any, given: str) -> None:
    answer = world.get("/api/v1/events/stream", headers={"last-event-id": given.encode()})
    assert answer.status_code == 400
    assert answer.json()["code"] == "events.bad_position"


def test_refuses_a_position_that_the_log_never_reached(world: Any) -> None:
    answer = world.get("/api/v1/events/stream", headers={"last-event-id": "77"})
    assert (answer.status_code, answer.json()["code"]) == (400, "events.unknown_position")


def test_refuses_a_token_that_is_not_valid(world: Any) -> None:
    assert world.get("/api/v1/events/stream", "nonsense").status_code == 401
