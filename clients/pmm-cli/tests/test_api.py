"""The patient client: what it tries again, what it gives up on, and which exit code follows."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from pmm_cli.api import Api
from pmm_cli.errors import Exit, PmmError, RefusedError, UnreachableError, WrongServerError
from pmm_cli.files import read_file
from pmm_cli.patience import ATTEMPTS
from pmm_cli.pushing import PushOptions, push_file
from pmm_cli.tokens import ClientTokens, Credentials, NoTokens

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

    def tell(text: str, **named: object) -> None:
        told.append(text.format(**named))

    Api(http, "http://pmm.test", NoTokens(), sleep=lambda _: None, tell=tell).get("/x")
    assert told == [f"The server asks to wait (503); trying again, 2 of {ATTEMPTS}."]


def test_a_restart_is_waited_for_about_a_minute() -> None:
    waits: list[float] = []
    with pytest.raises(RefusedError, match="answered with 503"):
        api(lambda _: httpx.Response(503, headers={"Retry-After": "1"}), waits).get("/x")
    assert 50 < sum(waits) < 90
    assert min(waits) == 1.0


def test_a_push_that_was_cut_off_names_its_key(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("code,year,value\n", encoding="utf-8")

    def cut(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("Connection reset by peer")

    with pytest.raises(UnreachableError, match=r"Connection reset by peer\.$") as caught:
        push_file(api(cut), "/s", read_file(file), PushOptions(key="k-1"))
    assert "--key k-1" in str(caught.value.advice[0])


@pytest.mark.parametrize(
    "answer", [httpx.Response(503), httpx.Response(502, json={"code": "x"}), httpx.Response(200, text="<html>")]
)
def test_a_push_whose_outcome_is_unknown_names_its_key(tmp_path: Path, answer: httpx.Response) -> None:
    file = tmp_path / "a.csv"
    file.write_text("code,year,value\n", encoding="utf-8")

    def busy(request: httpx.Request) -> httpx.Response:
        request.read()
        return answer

    with pytest.raises(PmmError, match=r"answered with \d+") as caught:
        push_file(api(busy), "/s", read_file(file), PushOptions(key="k-1"))
    assert ("--key k-1" in str(caught.value.advice[0]), caught.value.problem["key"]) == (True, "k-1")


def test_a_push_that_was_never_sent_names_no_key(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("code,year,value\n", encoding="utf-8")
    http = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(503)))
    tokens = ClientTokens(http, Credentials("http://issuer.test", "system-ken", "s"), sleep=lambda _: None)
    with pytest.raises(PmmError, match="answered with 503") as caught:
        push_file(Api(http, "http://pmm.test", tokens), "/s", read_file(file), PushOptions(key="k-1"))
    assert (caught.value.advice, "key" in caught.value.problem) == ((), False)


def test_a_push_that_is_interrupted_names_its_key(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("code,year,value\n", encoding="utf-8")
    told: list[str] = []

    def interrupt(request: httpx.Request) -> httpx.Response:
        request.read()
        raise KeyboardInterrupt

    def tell(text: str, **named: object) -> None:
        told.append(text.format(**named))

    http = httpx.Client(transport=httpx.MockTransport(interrupt))
    with pytest.raises(KeyboardInterrupt):
        push_file(Api(http, "http://pmm.test", NoTokens(), tell=tell), "/s", read_file(file), PushOptions(key="k-1"))
    assert "--key k-1" in told[0]


@pytest.mark.parametrize("gone", [httpx.ReadError("Connection reset by peer"), httpx.Response(503)])
def test_a_job_goes_on_without_its_client(tmp_path: Path, gone: Any) -> None:
    file = tmp_path / "a.csv"
    file.write_text("code,year,value\n", encoding="utf-8")

    def cut(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(202, json={"id": "j-1"}, headers={"Location": "/s/jobs/j-1"})
        if isinstance(gone, Exception):
            raise gone
        return cast(httpx.Response, gone)

    with pytest.raises(PmmError, match=r"reset by peer|answered with 503") as caught:
        push_file(api(cut), "/s", read_file(file), PushOptions())
    assert "goes on with the job j-1: see `pmm jobs CYCLE`" in str(caught.value.advice[0])
    assert (caught.value.problem["job"], caught.value.exit_code) == ("j-1", Exit.UNAVAILABLE)


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
