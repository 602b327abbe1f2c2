"""The whole reference check against a made-up gateway."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from local_stack.demo_client import ApiClient
from tests.reference.cases import Case, Published
from tests.reference.run import run_case, token_source

CASE = Case(
    code="made-up",
    framework=b"spec: openpmm.framework/1\n",
    population="nobody",
    register={"name": "Nobody", "regions": [], "administrations": []},
    year=2020,
    answers=(("AAA", "X", 2020, "0.9"), ("BBB", "X", 2020, "0.5"), ("CCC", "X", 2020, "0")),
    published={"AAA": Published(0.9, 1), "BBB": Published(0.5, 2), "CCC": Published(None, None)},
    tolerance=0.001,
    rank_tolerance=0,
)
SCORES: dict[str, tuple[float | None, int | None]] = {"AAA": (0.9, 1), "BBB": (0.5, 2), "CCC": (None, None)}


class FakeGateway(ThreadingHTTPServer):
    """Remembers what was asked, and sends an event for each acceptance."""

    daemon_threads = True

    def __init__(self, scores: dict[str, tuple[float | None, int | None]]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.scores = scores
        self.asked: list[str] = []
        self.bodies: dict[str, bytes] = {}
        self.accepted: list[str] = []
        self.news = threading.Condition()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: FakeGateway

    def do_GET(self) -> None:
        if self.path.startswith("/api/v1/events/stream"):
            self.stream()
        else:
            items = [{"administration": code, "score": s, "rank": r} for code, (s, r) in self.server.scores.items()]
            self.reply({"items": items})

    def do_POST(self) -> None:
        path = self.path
        self.server.asked.append(f"{self.command} {path}")
        self.server.bodies[path.partition("?")[0]] = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if path.endswith("/accept"):
            with self.server.news:
                self.server.accepted.append(path.split("/")[-2])
                self.server.news.notify_all()
        self.reply({"access_token": "token"})

    def do_PUT(self) -> None:
        self.do_POST()

    def reply(self, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def stream(self) -> None:
        self.send_response(200)
        self.end_headers()
        for number, code in enumerate(self.acceptances()):
            data = json.dumps({"data": {"administration": code, "score": SCORES[code][0]}})
            self.wfile.write(f"id: {number}\nevent: score.updated.v1\ndata: {data}\n\n".encode())
            self.wfile.flush()

    def acceptances(self) -> Iterator[str]:
        for place in range(len(SCORES)):
            with self.server.news:
                while len(self.server.accepted) <= place:
                    self.server.news.wait(timeout=10)
            yield self.server.accepted[place]

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the base class
        """Say nothing."""


@pytest.fixture
def gateway() -> Iterator[FakeGateway]:
    server = FakeGateway(SCORES)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def run(gateway: FakeGateway, said: list[str]) -> bool:
    token_for = token_source(gateway.url)
    client = ApiClient(gateway.url, token_for)
    try:
        return run_case(client, gateway.url, token_for, CASE, "-2", said.append)
    finally:
        client.close()


def test_pushes_everything_and_finds_it_as_published(gateway: FakeGateway) -> None:
    said: list[str] = []
    assert run(gateway, said)
    assert gateway.bodies["/api/v1/cycles/made-up-2/answers"] == CASE.answers_csv()
    assert gateway.bodies["/api/v1/frameworks"] == CASE.framework
    assert sorted(gateway.accepted) == ["AAA", "BBB", "CCC"]
    assert "made-up: as published" in said[0]
    assert "maximum error       0.000000" in said[0]
    assert said[1].endswith("agree")
    assert "from the last acceptance to the last score" in said[2]


def test_says_when_reads_differ_from_events(gateway: FakeGateway) -> None:
    gateway.scores = SCORES | {"BBB": (0.7, 2)}
    said: list[str] = []
    assert not run(gateway, said)
    assert "NOT AS PUBLISHED" in said[0]
    assert said[1].endswith("differ: BBB")
