"""Tokens: got when needed, renewed on the way, and what is told when there are none."""

from typing import Any

import httpx
import pytest

from pmm_cli.api import Api
from pmm_cli.errors import Exit, PmmError, RefusedError
from pmm_cli.tokens import ClientTokens, Credentials


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
