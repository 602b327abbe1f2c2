"""Readers and subscribers that look at everything they can while others write, and remember the figures they saw."""

import json
import re
import threading
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx

from tests.support.gateway import Api

NUMBER = re.compile(r"\d{4,}(?:\.\d+)?")
PATHS = (
    "/api/v1/cycles/{cycle}/submissions", "/api/v1/cycles/{cycle}/submissions/{administration}",
    "/api/v1/cycles/{cycle}/submissions/{administration}/answers", "/api/v1/cycles/{cycle}/participation",
    "/api/v1/scores/{cycle}", "/api/v1/scores/{cycle}/{administration}",
    "/api/v1/scores/{cycle}/{administration}/explanation", "/api/v1/scores/{cycle}/{administration}/preview",
    "/api/v1/reports/{cycle}/participation", "/api/v1/reports/{cycle}/regions/{region}",
    "/api/v1/reports/{cycle}/administrations/{administration}", "/api/v1/events?cycle={cycle}&limit=500",
    "/cycles/{cycle}", "/cycles/{cycle}/regions/{region}", "/cycles/{cycle}/administrations/{administration}",
)  # fmt: skip
READ_SECONDS = 2.0
PAUSE_SECONDS = 0.05


def figures_in(text: str) -> set[float]:
    """The numbers that stand in a text, also where a page writes thousands apart."""
    plain = re.sub(r"(?<=\d)[,\u202f\u00a0](?=\d{3})", "", text)
    return {float(found) for found in NUMBER.findall(plain)}


@dataclass
class Reader:
    """Reads at random as one persona until told to stop."""

    api: Api
    persona: str | None
    cycle: str
    administrations: list[str]
    regions: list[str]
    drawing: Random
    seen: set[float] = field(default_factory=set)
    answers: dict[int, int] = field(default_factory=dict)

    def run(self, stop: threading.Event) -> None:
        """Read one thing after another."""
        while not stop.is_set():
            path = self.drawing.choice(PATHS).format(
                cycle=self.cycle,
                administration=self.drawing.choice(self.administrations),
                region=self.drawing.choice(self.regions),
            )
            answer = self.api.call("GET", path, self.persona)
            self.answers[answer.status_code] = self.answers.get(answer.status_code, 0) + 1
            self.seen |= figures_in(answer.text)
            stop.wait(PAUSE_SECONDS)


@dataclass
class Subscriber:
    """Follows the event stream as one persona; breaks off now and then and goes on from the last event it has."""

    url: str
    token: str | None
    cycle: str
    drawing: Random
    ids: list[str] = field(default_factory=list)
    seen: set[float] = field(default_factory=set)
    reconnections: int = 0

    def run(self, stop: threading.Event) -> None:
        """Follow until told to stop."""
        last: str | None = None
        while not stop.is_set():
            headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
            headers |= {"last-event-id": last} if last else {}
            last = self._follow(headers, last, stop)
            self.reconnections += 1

    def _follow(self, headers: dict[str, str], last: str | None, stop: threading.Event) -> str | None:
        left = self.drawing.randint(5, 200)
        address = f"{self.url}/api/v1/events/stream?cycle={self.cycle}"
        try:
            with httpx.stream("GET", address, headers=headers, timeout=httpx.Timeout(10, read=READ_SECONDS)) as answer:
                for line in answer.iter_lines():
                    if line.startswith("data: ") and '"sequence"' in line:
                        last = self._take(json.loads(line.removeprefix("data: ")))
                        left -= 1
                    if left == 0 or stop.is_set():
                        return last
        except httpx.ReadTimeout:
            return last  # nothing new for a while
        return last

    def _take(self, event: dict[str, Any]) -> str:
        self.ids.append(event["id"])
        self.seen |= figures_in(json.dumps(event["data"]))
        return str(event["sequence"])
