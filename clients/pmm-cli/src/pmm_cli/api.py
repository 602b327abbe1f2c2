"""A patient client of the public API: waits where it is told to, and tries again where that is safe."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from pmm_cli.errors import UnreachableError, WrongServerError, document_of, refusal
from pmm_cli.patience import ATTEMPTS, TRY_AGAIN, wait_seconds
from pmm_cli.tokens import Tokens

CONNECT_SECONDS = 10.0
TIMEOUT_SECONDS = 60.0
NO_ANSWER = "No answer yet ({why}); trying again, {attempt} of {attempts}."
ASKED_TO_WAIT = "The server asks to wait ({why}); trying again, {attempt} of {attempts}."


class Api:
    """Sends requests as one client. Requests that may be sent twice: reads, PUT, and POST that the API recognises."""

    def __init__(
        self,
        http: httpx.Client,
        url: str,
        tokens: Tokens,
        sleep: Callable[[float], None] = time.sleep,
        tell: Callable[..., None] = lambda _text, **_named: None,
        language: str = "en",
    ) -> None:
        self.url = url.rstrip("/")
        self.tokens = tokens
        self._http = http
        self.sleep = sleep
        self.tell = tell  # a text of ours, and what it names
        self._language = language
        self._is_signed_in = False

    def get(self, path: str, **options: Any) -> Any:
        """The JSON at a path; like `send`."""
        return self.ask("GET", path, **options)

    def ask(self, method: str, path: str, **options: Any) -> Any:
        """The JSON that a request is answered with; like `send`."""
        return document_of(self.send(method, path, **options))

    def pages(self, path: str, params: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """All items of a list that comes in pages; like `send`."""
        cursor = None
        while True:
            page = self.get(path, params={**(params or {}), "cursor": cursor})
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return

    def send(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        content: bytes | Callable[[], Iterable[bytes]] | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        attempts: int = ATTEMPTS,
    ) -> httpx.Response:
        """Send until there is an answer that waiting would not change; `content` may be made anew for each try.

        `attempts` is 1 for what must not be sent twice.

        Raises:
            RefusedError: the server's refusal.
            UnreachableError: no answer after several tries (a first token is not waited for).
            WrongServerError: what has answered is not OpenPMM.
        """
        options: dict[str, Any] = {key: value for key, value in (params or {}).items() if value is not None}
        options = {"params": options, **({} if body is None else {"json": body})}
        if content is not None:
            options["content"] = content
        response = self._last_answer(method, path, dict(headers or {}), options, attempts)
        if not response.is_success:
            raise refusal(response)
        return response

    @contextmanager
    def stream(self, path: str, headers: Mapping[str, str], params: Mapping[str, Any]) -> Iterator[httpx.Response]:
        """An answer that is read as it comes; one that is silent for a minute is broken off.

        Raises:
            PmmError: like `send`, at the first try.
        """
        given = {key: value for key, value in params.items() if value is not None}
        try:
            with self._http.stream("GET", self.url + path, headers=self._headers(headers), params=given) as response:
                if not response.is_success:
                    response.read()
                    raise refusal(response)
                if not response.headers.get("Content-Type", "").startswith("text/event-stream"):
                    raise WrongServerError(response)
                yield response
        except httpx.RequestError as error:
            raise UnreachableError(self.url, error) from error

    def _last_answer(
        self, method: str, path: str, headers: Mapping[str, str], options: Mapping[str, Any], attempts: int
    ) -> httpx.Response:
        is_renewed = False
        attempt = 1
        while True:
            is_last = attempt == attempts
            try:
                response = self._once(method, path, headers, options)
            except UnreachableError as error:
                if is_last or not self._is_signed_in:
                    raise
                self._wait(NO_ANSWER, error.reason, None, attempt, attempts)
            else:
                if response.status_code == 401 and not is_renewed and self.tokens.get() is not None:
                    self.tokens.forget()  # it may have expired on the way
                    is_renewed = True
                    continue
                if response.status_code not in TRY_AGAIN or is_last:
                    return response
                self._wait(ASKED_TO_WAIT, str(response.status_code), response, attempt, attempts)
            attempt += 1

    def _once(self, method: str, path: str, headers: Mapping[str, str], options: Mapping[str, Any]) -> httpx.Response:
        allowed = self._headers(headers)
        self._is_signed_in = True
        sent = {key: value() if callable(value) else value for key, value in options.items()}
        try:
            return self._http.request(method, self.url + path, headers=allowed, **sent)
        except httpx.RequestError as error:
            raise UnreachableError(self.url, error) from error

    def _wait(self, said: str, why: str, response: httpx.Response | None, attempt: int, attempts: int) -> None:
        self.tell(said, why=why, attempt=attempt + 1, attempts=attempts)
        self.sleep(wait_seconds(response, attempt))

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        token = self.tokens.get()
        spoken = {"Accept-Language": self._language, **more}
        return {**spoken, **({"Authorization": f"Bearer {token}"} if token else {})}


def new_http(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """The connections of one run."""
    timeout = httpx.Timeout(TIMEOUT_SECONDS, connect=CONNECT_SECONDS)
    return httpx.Client(timeout=timeout, transport=transport, follow_redirects=False)
