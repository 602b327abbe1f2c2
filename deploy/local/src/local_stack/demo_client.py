"""The public API as any client of the local issuer, through the client library of the command line."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx

from answer_intake.formats import Format
from local_stack.errors import StackError
from pmm_cli.api import Api, new_http
from pmm_cli.errors import Exit, RefusedError
from pmm_cli.files import AnswersFile
from pmm_cli.pushing import PushOptions, push_file

SETTLE_SECONDS = 60.0
SETTLE_PAUSE_SECONDS = 0.5


class ApiClient:
    """Sends as one or another client of the local issuer; may be used from several threads."""

    def __init__(
        self,
        gateway_url: str,
        token_for: Callable[[str], str],
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._http = new_http(transport)
        self._url = gateway_url
        self._token_for = token_for
        self._sleep = sleep
        self._apis: dict[str, Api] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def send(
        self, client_id: str, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Send until there is an answer that waiting would not change; RefusedError for a refusal.

        Bytes go out as they are, with the content type given in the headers; anything else goes out as JSON.
        """
        is_raw = isinstance(body, bytes)
        content, document = (body, None) if is_raw else (None, body)
        return self._api(client_id).send(method, path, body=document, content=content, headers=headers)

    def push(self, client_id: str, path: str, rows: bytes, fmt: Format, key: str) -> dict[str, Any]:
        """Push rows as `pmm push` does, into the submission, or the cycle, at the path."""
        source = AnswersFile(Path(f"answers.{fmt}"), rows, fmt)
        return push_file(self._api(client_id), path, source, PushOptions(key=key))

    def push_json(self, client_id: str, path: str, answers: list[dict[str, Any]], key: str) -> dict[str, Any]:
        """Push rows that are at hand as dictionaries."""
        return self.push(client_id, path, json.dumps({"answers": answers}).encode(), Format.JSON, key)

    def _api(self, client_id: str) -> Api:
        with self._lock:
            if client_id not in self._apis:
                tokens = _KeptToken(lambda: self._token_for(client_id))
                self._apis[client_id] = Api(self._http, self._url, tokens, self._sleep)
            return self._apis[client_id]


class _KeptToken:
    """A token that is asked for once, and again when it was refused."""

    def __init__(self, fetch: Callable[[], str]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._token: str | None = None

    def get(self) -> str:
        with self._lock:
            self._token = self._token or self._fetch()
            return self._token

    def forget(self) -> None:
        with self._lock:
            self._token = None


def settle(step: Callable[[], None], sleep: Callable[[float], None] = time.sleep) -> None:
    """Repeat a step while a service has not heard yet of what another one has just published."""
    last: RefusedError | None = None
    for _ in range(round(SETTLE_SECONDS / SETTLE_PAUSE_SECONDS)):
        try:
            return step()
        except RefusedError as refused:
            if refused.exit_code is not Exit.REFUSED or refused.code.startswith("submission."):
                raise
            last = refused
            sleep(SETTLE_PAUSE_SECONDS)
    raise StackError(f"still refused after {SETTLE_SECONDS:.0f} s. {last} ({last.code if last else None})")
