"""submission-svc over HTTP: what is sent to it, and that one that is slow, broken or away is one error in good time."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from reporting_svc.adapters.submissions import HttpSubmissionApi
from reporting_svc.application.my_submission.asking import Call, Caller, RefusedError, ServiceAwayError, asked
from service_kit.errors import Kind

CALLER = Caller("KEN", "fr", "the-token")


class Upstream(BaseHTTPRequestHandler):
    """Answers with the status that the path names; `break` breaks the line off."""

    seen: list[tuple[str, str, dict[str, str], bytes]] = []  # noqa: RUF012 - emptied by the fixture

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.seen.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        if "break" in self.path:
            self.connection.close()
            return
        content = b'{"code": "cycle.closed", "detail": "closed"}'
        self.send_response(int(self.path.split("/")[4].partition("?")[0]))
        self.send_header("etag", '"1-2"')
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        self.do_GET()

    def do_PUT(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def api() -> Iterator[HttpSubmissionApi]:
    """The way to a small server."""
    Upstream.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    api = HttpSubmissionApi(f"http://127.0.0.1:{server.server_address[1]}")
    yield api
    api.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_call_carries_token_language_query_and_body(api: HttpSubmissionApi) -> None:
    answer = api.ask(Call("POST", "/200", {"mode": "merge"}, body=b"PK", headers={"prefer": "respond-async"}), CALLER)
    assert (answer.status, answer.tag) == (200, '"1-2"')
    method, path, headers, body = Upstream.seen[0]
    assert (method, path, body) == ("POST", "/api/v1/cycles/200?mode=merge", b"PK")
    assert headers["authorization"] == "Bearer the-token"
    assert headers["accept-language"] == "fr"
    assert headers["prefer"] == "respond-async"


def test_a_document_is_sent_as_json(api: HttpSubmissionApi) -> None:
    api.ask(Call("PUT", "/200", document={"text": "é"}), CALLER)
    assert Upstream.seen[0][2]["content-type"] == "application/json"


def test_a_refusal_has_its_code_and_kind(api: HttpSubmissionApi) -> None:
    with pytest.raises(RefusedError, match=r"cycle\.closed: closed") as refused:
        asked(api, Call("GET", "/409"), CALLER)
    assert refused.value.kind is Kind.CONFLICT


@pytest.mark.parametrize("path", ["/500", "/503", "/break"])
def test_a_failure_there_is_told_as_away(api: HttpSubmissionApi, path: str) -> None:
    with pytest.raises(ServiceAwayError, match="does not answer at the moment"):
        api.ask(Call("GET", path), CALLER)


def test_nobody_listening_and_no_address_are_told_as_away() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for address in (f"http://127.0.0.1:{port}", None):
        api = HttpSubmissionApi(address)
        with pytest.raises(ServiceAwayError, match="does not answer at the moment"):
            api.ask(Call("GET", "/200"), CALLER)
        api.close()


def test_one_that_never_answers_is_given_up_in_time() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        api = HttpSubmissionApi(f"http://127.0.0.1:{deaf.getsockname()[1]}", patience_seconds=0.3)
        began = time.monotonic()
        with pytest.raises(ServiceAwayError, match="does not answer at the moment"):
            api.ask(Call("GET", "/200"), CALLER)
        assert time.monotonic() - began < 5
        api.close()


def test_all_that_a_page_asks_ends_with_the_patience_of_its_reader() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        api = HttpSubmissionApi(f"http://127.0.0.1:{deaf.getsockname()[1]}", patience_seconds=60)
        began = time.monotonic()
        hurried = replace(CALLER, waits_until=began + 0.4)
        for _ in range(3):
            with pytest.raises(ServiceAwayError, match="does not answer"):
                api.ask(Call("GET", "/200"), hurried)
        assert time.monotonic() - began < 5
        api.close()


def test_who_has_waited_long_enough_is_told_without_another_question(api: HttpSubmissionApi) -> None:
    with pytest.raises(ServiceAwayError, match="does not answer") as caught:
        api.ask(Call("GET", "/200"), replace(CALLER, waits_until=time.monotonic() - 1))
    assert caught.value.reason == "the questions of a page took too long together"
    assert Upstream.seen == []
