"""The patient client: what it tries again, what it gives up on, and which exit code follows."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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


class Issuer:
    """A made-up issuer and API that counts tokens and refuses those that it is told to."""

    def __init__(self, lifetime: int = 300) -> None:
        self.issued = 0
        self.lifetime = lifetime
        self.refused: set[str] = set()
        self.seen: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("openid-configuration"):
            return httpx.Response(200, json={"token_endpoint": "http://pmm.test/auth/oauth2/token"})
        if request.url.path.endswith("token"):
            if b"client_secret=right" not in request.read():
                return httpx.Response(401, json={"error": "invalid_client", "error_description": "Wrong secret."})
            self.issued += 1
            return httpx.Response(200, json={"access_token": f"t{self.issued}", "expires_in": self.lifetime})
        token = request.headers["Authorization"].removeprefix("Bearer ")
        self.seen.append(token)
        return httpx.Response(401 if token in self.refused else 200, json={"detail": "No."})


def signed_in(issuer: Issuer, secret: str = "right", **options: Any) -> Api:
    """A client that signs in."""
    http = httpx.Client(transport=httpx.MockTransport(issuer))
    credentials = Credentials("http://pmm.test/auth", "system-ken", secret, **options)
    return Api(http, "http://pmm.test", ClientTokens(http, credentials), sleep=lambda _: None)


def test_one_token_serves_many_requests() -> None:
    issuer = Issuer()
    client = signed_in(issuer)
    client.get("/x")
    client.get("/y")
    assert (issuer.issued, issuer.seen) == (1, ["t1", "t1"])


def test_a_token_about_to_expire_is_renewed() -> None:
    issuer = Issuer(lifetime=20)
    client = signed_in(issuer)
    client.get("/x")
    client.get("/y")
    assert issuer.seen[-1] != issuer.seen[0]


def test_a_token_that_expired_on_the_way_is_replaced_once() -> None:
    issuer = Issuer()
    issuer.refused = {"t1"}
    assert signed_in(issuer).get("/x") == {"detail": "No."}
    assert issuer.seen == ["t1", "t2"]
    issuer.refused = {"t1", "t2", "t3", "t4"}
    with pytest.raises(RefusedError, match="No"):
        signed_in(issuer).get("/x")


def test_a_token_that_expired_after_a_pause_is_replaced_too() -> None:
    issuer = Issuer()
    issuer.refused = {"t1"}
    client = signed_in(issuer)
    busy = iter([True, False, False])

    def answer(request: httpx.Request) -> httpx.Response:
        is_busy = "/auth/" not in request.url.path and next(busy)
        return httpx.Response(503) if is_busy else issuer(request)

    client._http = httpx.Client(transport=httpx.MockTransport(answer))
    assert client.get("/x") == {"detail": "No."}
    assert issuer.seen == ["t1", "t2"]


def test_an_issuer_that_is_busy_is_waited_for() -> None:
    issuer, waits = Issuer(), list[float]()
    busy = iter([429, 503])

    def answer(request: httpx.Request) -> httpx.Response:
        status = next(busy, None)
        return issuer(request) if status is None else httpx.Response(status, headers={"Retry-After": "2"})

    http = httpx.Client(transport=httpx.MockTransport(answer))
    tokens = ClientTokens(http, Credentials("http://pmm.test/auth", "system-ken", "right"), sleep=waits.append)
    assert (tokens.get(), waits) == ("t1", [2.0, 2.0])


def test_an_issuer_that_is_away_for_a_moment_is_waited_for_once_signed_in() -> None:
    issuer = Issuer(lifetime=0)
    client = signed_in(issuer)
    client.get("/x")
    is_away = iter([True])

    def answer(request: httpx.Request) -> httpx.Response:
        if next(is_away, False):
            raise httpx.ConnectError("Connection refused")
        return issuer(request)

    client.tokens = ClientTokens(
        httpx.Client(transport=httpx.MockTransport(answer)), Credentials("http://pmm.test/auth", "system-ken", "right")
    )
    assert client.get("/y") == {"detail": "No."}


def test_wrong_credentials_are_told_as_such() -> None:
    with pytest.raises(PmmError, match=r"The issuer refused these credentials: Wrong secret\.") as caught:
        signed_in(Issuer(), secret="wrong").get("/x")
    assert caught.value.exit_code is Exit.NOT_ALLOWED


def test_an_issuer_that_speaks_no_json_is_told_as_such() -> None:
    def page(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text="<html>Welcome</html>")

    http = httpx.Client(transport=httpx.MockTransport(page))
    tokens = ClientTokens(http, Credentials("http://pmm.test/auth", "system-ken", "right"))
    with pytest.raises(PmmError, match=r"There is no token issuer at http://pmm\.test/auth"):
        tokens.get()
