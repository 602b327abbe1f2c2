"""Follows the score events of a cycle on the public event stream, and remembers when each administration came."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Event:
    """One server-sent event."""

    id: str
    type: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Arrived:
    """When the latest score event of an administration came, as time.monotonic(), and the score in it."""

    at: float
    score: float | None


def events_in(lines: Iterable[str]) -> Iterator[Event]:
    """Read server-sent events from lines of text; comments and events without data are passed over."""
    fields: dict[str, str] = {}
    for line in lines:
        if line == "":
            if fields.get("data"):
                yield Event(fields.get("id", ""), fields.get("event", "message"), json.loads(fields["data"]))
            fields = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            fields[name] = f"{fields['data']}\n{value}" if name == "data" and "data" in fields else value


class ScoreStream:
    """Listens in a thread of its own; goes on after a broken connection where it was."""

    def __init__(self, gateway_url: str, cycle: str, token: Callable[[], str]) -> None:
        self._url = f"{gateway_url}/api/v1/events/stream"
        self._cycle = cycle
        self._token = token
        self._arrived: dict[str, Arrived] = {}
        self._last_id = ""
        self._last_error = "nothing came"
        self._stop = threading.Event()
        self._connected = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="score-stream", daemon=True)

    def start(self) -> None:
        """Start to listen; return when connected, so that no event is missed."""
        self._thread.start()
        if not self._connected.wait(30):
            raise TimeoutError(f"the event stream did not open within 30 s: {self._last_error}")

    def stop(self) -> None:
        """Stop listening."""
        self._stop.set()

    def wait_for(self, administrations: set[str], seconds: float) -> dict[str, Arrived]:
        """Wait for a score event of each; return the latest one of each."""
        deadline = time.monotonic() + seconds
        while not administrations <= self._arrived.keys():
            if time.monotonic() > deadline:
                missing = sorted(administrations - self._arrived.keys())
                raise TimeoutError(f"no score event for {len(missing)}: {', '.join(missing[:10])} ({self._last_error})")
            time.sleep(0.005)
        return {code: self._arrived[code] for code in administrations}

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                self._follow()
            except (httpx.HTTPError, ValueError) as error:
                self._last_error = str(error)
                self._stop.wait(0.2)

    def _follow(self) -> None:
        headers = {"Authorization": f"Bearer {self._token()}", "Accept": "text/event-stream"}
        if self._last_id:
            headers["Last-Event-ID"] = self._last_id
        timeout = httpx.Timeout(10, read=60)
        with httpx.stream(
            "GET", self._url, params={"cycle": self._cycle}, headers=headers, timeout=timeout
        ) as response:
            response.raise_for_status()
            self._connected.set()
            for event in events_in(response.iter_lines()):
                self._remember(event)
                if self._stop.is_set():
                    return

    def _remember(self, event: Event) -> None:
        self._last_id = event.id or self._last_id
        if event.type.startswith("score.updated"):
            about = event.data["data"]
            self._arrived[about["administration"]] = Arrived(time.monotonic(), about["score"])
