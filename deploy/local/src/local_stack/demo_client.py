"""A patient HTTP client for the public API: waits where it is told to, tries again where that is safe."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from local_stack.errors import StackError

ATTEMPTS = 8
LONGEST_WAIT_SECONDS = 10.0
SETTLE_SECONDS = 60.0
SETTLE_PAUSE_SECONDS = 0.5
TRY_AGAIN = frozenset({429, 502, 503, 504})


class ApiRefusedError(StackError):
    """The API refused a request; the text holds its own words."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.code = str(_problem(response).get("code", ""))
        request = response.request
        super().__init__(f"{request.method} {request.url.path} -> {self.status}: {_words(response)}")


class ApiClient:
    """Sends JSON as one of the clients of the local issuer; may be used from several threads."""

    def __init__(
        self,
        gateway_url: str,
        token_for: Callable[[str], str],
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._http = httpx.Client(base_url=gateway_url, timeout=30, transport=transport)
        self._token_for = token_for
        self._tokens: dict[str, str] = {}
        self._lock = threading.Lock()
        self._sleep = sleep

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def send(
        self, client_id: str, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Send until there is an answer that waiting would not change; raise ApiRefusedError for a refusal.

        Only for requests that may safely arrive twice: reads, PUT, and POST that the API recognises as the same.
        Bytes go out as they are, with the content type given in the headers; anything else goes out as JSON.
        """
        response = self._last_answer(client_id, method, path, body, headers or {})
        if response.is_error:
            raise ApiRefusedError(response)
        return response

    def _last_answer(
        self, client_id: str, method: str, path: str, body: Any, headers: Mapping[str, str]
    ) -> httpx.Response:
        for attempt in range(1, ATTEMPTS + 1):
            is_last = attempt == ATTEMPTS
            all_headers = {**headers, "Authorization": f"Bearer {self._token(client_id)}"}
            try:
                response = self._http.request(method, path, headers=all_headers, **_content(body))
            except httpx.TransportError:
                if is_last:
                    raise
                self._sleep(_wait_seconds(None, attempt))
                continue
            if response.status_code == 401 and not is_last:
                self._forget(client_id)
            elif response.status_code not in TRY_AGAIN or is_last:
                return response
            self._sleep(_wait_seconds(response, attempt))
        raise AssertionError("the last attempt returns or raises")

    def _token(self, client_id: str) -> str:
        with self._lock:
            if client_id not in self._tokens:
                self._tokens[client_id] = self._token_for(client_id)
            return self._tokens[client_id]

    def _forget(self, client_id: str) -> None:
        with self._lock:
            self._tokens.pop(client_id, None)


def settle(step: Callable[[], None], sleep: Callable[[float], None] = time.sleep) -> None:
    """Repeat a step while a service has not heard yet of what another one has just published."""
    last: ApiRefusedError | None = None
    for _ in range(round(SETTLE_SECONDS / SETTLE_PAUSE_SECONDS)):
        try:
            return step()
        except ApiRefusedError as refused:
            if refused.status not in (404, 409, 422) or refused.code.startswith("submission."):
                raise
            last = refused
            sleep(SETTLE_PAUSE_SECONDS)
    raise StackError(f"still refused after {SETTLE_SECONDS:.0f} s. {last}")


def _content(body: Any) -> dict[str, Any]:
    return {"content": body} if isinstance(body, bytes) else {"json": body}


def _wait_seconds(response: httpx.Response | None, attempt: int) -> float:
    """What Retry-After asks for, else longer and longer, never very long."""
    asked = response.headers.get("Retry-After", "") if response is not None else ""
    return min(float(asked) if asked.isdigit() else 0.1 * 2**attempt, LONGEST_WAIT_SECONDS)


def _problem(response: httpx.Response) -> dict[str, Any]:
    try:
        problem = response.json()
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


def _words(response: httpx.Response) -> str:
    problem = _problem(response)
    said = [str(problem[key]) for key in ("code", "detail", "errors") if problem.get(key)]
    return "; ".join(said)[:2000] or response.text[:500]
