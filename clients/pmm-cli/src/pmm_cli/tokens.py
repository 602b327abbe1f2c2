"""Access tokens by client credentials (OAuth 2.0), asked for when needed and kept until shortly before they expire."""

import base64
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from pmm_cli.errors import Exit, PmmError, RefusedError, UnreachableError, problem_of
from pmm_cli.patience import ATTEMPTS, TRY_AGAIN, wait_seconds

RENEW_SECONDS_BEFORE = 30.0


class Tokens(Protocol):
    """Gives the token to send."""

    def get(self) -> str | None:
        """The token, or None to ask as the public."""

    def forget(self) -> None:
        """The token was refused; get another one next time."""


class NoTokens:
    """Asks as the public."""

    def get(self) -> str | None:
        """Nothing."""
        return None

    def forget(self) -> None:
        """Nothing to forget."""


@dataclass(frozen=True)
class Credentials:
    """A client of the issuer. `scopes` are asked for beyond what the client gets by itself."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...] = ()


class ClientTokens:
    """Tokens of one client; may be used from several threads."""

    def __init__(
        self, http: httpx.Client, credentials: Credentials, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._http = http
        self._credentials = credentials
        self._sleep = sleep
        self._lock = threading.Lock()
        self._token: str | None = None
        self._renew_at = 0.0

    def get(self) -> str | None:
        """The token, fresh for at least half a minute."""
        with self._lock:
            if self._token is None or time.monotonic() >= self._renew_at:
                self._fetch()
            return self._token

    def forget(self) -> None:
        """Get another one next time."""
        with self._lock:
            self._token = None

    def _fetch(self) -> None:
        given = self._credentials
        form = {"grant_type": "client_credentials", "client_id": given.client_id, "client_secret": given.client_secret}
        if given.scopes:
            form["scope"] = " ".join(given.scopes)
        response = self._answer("POST", self._endpoint(), form)
        if response.is_error:
            raise _refused(response)
        answer = problem_of(response)
        if "access_token" not in answer:
            raise self._no_issuer()
        self._token = str(answer["access_token"])
        self._renew_at = time.monotonic() + max(0.0, float(answer.get("expires_in", 300)) - RENEW_SECONDS_BEFORE)

    def _endpoint(self) -> str:
        address = f"{self._credentials.issuer.rstrip('/')}/.well-known/openid-configuration"
        response = self._answer("GET", address)
        endpoint = problem_of(response).get("token_endpoint")
        if response.is_server_error:
            raise RefusedError(response)
        if response.is_error or endpoint is None:
            raise self._no_issuer()
        return str(endpoint)

    def _answer(self, method: str, address: str, form: dict[str, str] | None = None) -> httpx.Response:
        """What the issuer says; one that is busy is asked again."""
        try:
            for attempt in range(1, ATTEMPTS):
                response = self._http.request(method, address, data=form)
                if response.status_code not in TRY_AGAIN:
                    return response
                self._sleep(wait_seconds(response, attempt))
            return self._http.request(method, address, data=form)
        except httpx.RequestError as error:
            raise UnreachableError(self._credentials.issuer, error) from error

    def _no_issuer(self) -> PmmError:
        message = f"There is no token issuer at {self._credentials.issuer}. Name it with --issuer."
        return PmmError("login.no_issuer", message, Exit.USAGE)


def claims_of(token: str) -> dict[str, Any]:
    """What a token says about its bearer. Not verified: the server does that; this only fills in what is left out."""
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (IndexError, ValueError):
        return {}
    return claims if isinstance(claims, dict) else {}


def _refused(response: httpx.Response) -> PmmError:
    if response.status_code in (400, 401):
        problem = RefusedError(response)
        return PmmError("login.refused", f"The issuer refused these credentials: {problem}", Exit.NOT_ALLOWED)
    return RefusedError(response)
