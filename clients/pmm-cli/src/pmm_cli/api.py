"""A patient client of the public API: waits where it is told to, and tries again where that is safe."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from pmm_cli.errors import RefusedError, UnreachableError
from pmm_cli.tokens import Tokens

ATTEMPTS = 8
LONGEST_WAIT_SECONDS = 10.0
TIMEOUT_SECONDS = 60.0
TRY_AGAIN = frozenset({429, 502, 503, 504})


class Api:
    """Sends requests as one client. Requests that may be sent twice: reads, PUT, and POST that the API recognises."""

    def __init__(
        self,
        http: httpx.Client,
        url: str,
        tokens: Tokens,
        sleep: Callable[[float], None] = time.sleep,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.url = url.rstrip("/")
        self.tokens = tokens
        self._http = http
        self._sleep = sleep
        self.tell = tell

    def get(self, path: str, **options: Any) -> Any:
        """The JSON at a path."""
        return self.send("GET", path, **options).json()

    def send(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        content: bytes | Callable[[], Iterable[bytes]] | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> httpx.Response:
        """Send until there is an answer that waiting would not change; `content` may be made anew for each try.

        Raises:
            RefusedError: the server's refusal.
            UnreachableError: no answer after several tries.
        """
        options: dict[str, Any] = {key: value for key, value in (params or {}).items() if value is not None}
        options = {"params": options, **({} if body is None else {"json": body})}
        if content is not None:
            options["content"] = content
        response = self._last_answer(method, path, dict(headers or {}), options)
        if response.is_error:
            raise RefusedError(response)
        return response

    @contextmanager
    def stream(self, path: str, headers: Mapping[str, str], params: Mapping[str, Any]) -> Iterator[httpx.Response]:
        """An answer that is read as it comes."""
        given = {key: value for key, value in params.items() if value is not None}
        try:
            with self._http.stream(
                "GET", self.url + path, headers=self._headers(headers), params=given, timeout=_UNTIL_IT_ENDS
            ) as response:
                if response.is_error:
                    response.read()
                    raise RefusedError(response)
                yield response
        except httpx.TransportError as error:
            raise UnreachableError(self.url, error) from error

    def _last_answer(
        self, method: str, path: str, headers: Mapping[str, str], options: Mapping[str, Any]
    ) -> httpx.Response:
        for attempt in range(1, ATTEMPTS + 1):
            is_last = attempt == ATTEMPTS
            try:
                sent = {key: value() if callable(value) else value for key, value in options.items()}
                response = self._http.request(method, self.url + path, headers=self._headers(headers), **sent)
            except httpx.TransportError as error:
                if is_last:
                    raise UnreachableError(self.url, error) from error
                self.tell(f"No answer yet ({error}); trying again, {attempt + 1} of {ATTEMPTS}.")
                self._sleep(_wait_seconds(None, attempt))
                continue
            if response.status_code == 401 and attempt == 1 and self.tokens.get() is not None:
                self.tokens.forget()  # it may have expired on the way
            elif response.status_code not in TRY_AGAIN or is_last:
                return response
            else:
                self.tell(
                    f"The server asks to wait ({response.status_code}); trying again, {attempt + 1} of {ATTEMPTS}."
                )
                self._sleep(_wait_seconds(response, attempt))
        raise AssertionError("the last attempt returns or raises")

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        token = self.tokens.get()
        return {**more, **({"Authorization": f"Bearer {token}"} if token else {})}


_UNTIL_IT_ENDS = httpx.Timeout(TIMEOUT_SECONDS, read=None)


def new_http(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """The connections of one run."""
    return httpx.Client(timeout=TIMEOUT_SECONDS, transport=transport, follow_redirects=False)


def _wait_seconds(response: httpx.Response | None, attempt: int) -> float:
    """What Retry-After asks for, else longer and longer, never very long."""
    asked = response.headers.get("Retry-After", "") if response is not None else ""
    return min(float(asked) if asked.isdigit() else 0.1 * 2**attempt, LONGEST_WAIT_SECONDS)
