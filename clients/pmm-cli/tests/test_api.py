"""The patient client: what it tries again, what it gives up on, and which exit code follows."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from pmm_cli.api import Api
from pmm_cli.errors import Exit, RefusedError, UnreachableError, WrongServerError
from pmm_cli.files import read_file
from pmm_cli.patience import ATTEMPTS
from pmm_cli.pushing import PushOptions, push_file
from pmm_cli.tokens import NoTokens

Handler = Callable[[httpx.Request], httpx.Response]


def api(handler: Handler, waits: list[float] | None = None) -> Api:
    """A client of a made-up server."""
    http = httpx.Client(transport=httpx.MockTransport(handler))
    return Api(http, "http://pmm.test/", NoTokens(), sleep=(waits if waits is not None else []).append)


def test_waits_as_long_as_it_is_told_to() -> None:
    answers = iter(
        [httpx.Response(429, headers={"Retry-After": "3"}), httpx.Response(503), httpx.Response(200, json=1)]
    )
    waits: list[float] = []
    assert api(lambda _: next(answers), waits).get("/x") == 1
    assert waits == [3.0, 0.4]


def test_never_waits_very_long() -> None:
    waits: list[float] = []
    answers = iter([httpx.Response(429, headers={"Retry-After": "86400"}), httpx.Response(200, json=1)])
    api(lambda _: next(answers), waits).get("/x")
    assert waits == [10.0]


def test_a_body_is_made_anew_for_each_try() -> None:
    bodies: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        bodies.append(request.read())
        return httpx.Response(503 if len(bodies) == 1 else 200, json={})

    def pieces() -> Iterator[bytes]:
        yield b"code,year,"
        yield b"value"

    api(answer).send("POST", "/x", content=pieces)
    assert bodies == [b"code,year,value"] * 2


def test_gives_up_on_a_server_that_does_not_answer() -> None:
    tries: list[str] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        tries.append(request.method)
        raise httpx.ConnectError("Connection refused")

    with pytest.raises(UnreachableError, match=r"http://pmm\.test does not answer: Connection refused") as caught:
        api(refuse).get("/x")
    assert (len(tries), caught.value.exit_code) == (ATTEMPTS, Exit.UNAVAILABLE)


def test_tells_that_it_tries_again() -> None:
    answers = iter([httpx.Response(503), httpx.Response(200, json=1)])
    told: list[str] = []
    http = httpx.Client(transport=httpx.MockTransport(lambda _: next(answers)))
    Api(http, "http://pmm.test", NoTokens(), sleep=lambda _: None, tell=told.append).get("/x")
    assert len(told) == 1
    assert f"2 of {ATTEMPTS}" in told[0]


def test_a_push_that_was_cut_off_names_its_key(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("code,year,value\n", encoding="utf-8")

    def cut(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("Connection reset by peer")

    with pytest.raises(UnreachableError, match=r"Connection reset by peer\.$") as caught:
        push_file(api(cut), "/s", read_file(file), PushOptions(key="k-1"))
    assert "--key k-1" in caught.value.advice[0]


def test_a_job_goes_on_without_its_client(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("code,year,value\n", encoding="utf-8")

    def cut(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(202, json={"id": "j-1"}, headers={"Location": "/s/jobs/j-1"})
        raise httpx.ReadError("Connection reset by peer")

    with pytest.raises(UnreachableError, match="Connection reset by peer") as caught:
        push_file(api(cut), "/s", read_file(file), PushOptions())
    assert "goes on with the job j-1" in caught.value.advice[0]


def test_what_must_not_be_sent_twice_is_sent_once() -> None:
    tries: list[str] = []

    def cut(request: httpx.Request) -> httpx.Response:
        tries.append(request.method)
        raise httpx.ReadError("Connection reset by peer")

    with pytest.raises(UnreachableError, match="reset"):
        api(cut).ask("POST", "/x", body={}, attempts=1)
    assert tries == ["POST"]


@pytest.mark.parametrize(
    ("status", "exit_code"),
    [
        *((401, Exit.NOT_ALLOWED), (403, Exit.NOT_ALLOWED), (404, Exit.REFUSED), (409, Exit.REFUSED)),
        *((422, Exit.REFUSED), (500, Exit.UNAVAILABLE), (503, Exit.UNAVAILABLE)),
    ],
)
def test_each_refusal_has_its_exit_code(status: int, exit_code: Exit) -> None:
    problem = {"code": "cycle.closed", "detail": "The cycle is closed."}
    with pytest.raises(RefusedError, match="The cycle is closed") as caught:
        api(lambda _: httpx.Response(status, json=problem)).get("/x")
    assert (caught.value.exit_code, caught.value.code, caught.value.problem) == (exit_code, "cycle.closed", problem)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (httpx.Response(404, text="<html>"), r"GET /x was answered with 404\."),
        (httpx.Response(200, text="<html>"), r"GET /x was answered with 200\."),
        (httpx.Response(301, headers={"Location": "https://pmm.test/x"}), "301 and sends to https://pmm.test/x"),
    ],
)
def test_another_server_is_told_as_such(answer: httpx.Response, said: str) -> None:
    with pytest.raises(WrongServerError, match=f"http://pmm.test does not answer as OpenPMM: .*{said}") as caught:
        api(lambda _: answer).get("/x")
    assert caught.value.exit_code is Exit.UNAVAILABLE


def test_lists_are_read_to_their_last_page() -> None:
    pages = {None: {"items": [1, 2], "next": "b"}, "b": {"items": [3], "next": None}}
    client = api(lambda request: httpx.Response(200, json=pages[request.url.params.get("cursor")]))
    assert list(client.pages("/x", {"limit": 2})) == [1, 2, 3]
