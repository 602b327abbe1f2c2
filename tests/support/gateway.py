"""The API as tests use it: through the gateway, as a persona, with the small framework that tests score."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx

from local_stack.stack import Stack

FRAMEWORK = Path(__file__).with_name("small-framework.yaml").read_text(encoding="utf-8")
T = 2024


class Api:
    """Requests through the gateway; tokens are fetched once a persona."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._client = httpx.Client(base_url=stack.url, timeout=30)
        self._tokens: dict[tuple[str, str | None], str] = {}

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def token(self, persona: str, scope: str | None = None) -> str:
        """A token of the persona."""
        if (persona, scope) not in self._tokens:
            self._tokens[persona, scope] = self._stack.token(persona, scope)
        return self._tokens[persona, scope]

    def call(
        self,
        method: str,
        path: str,
        persona: str | None = None,
        *,
        scope: str | None = None,
        headers: Mapping[str, str] | None = None,
        **content: Any,
    ) -> httpx.Response:
        """One request; without a persona there is no token. What a page set as a cookie is forgotten."""
        self._client.cookies.clear()
        sent = dict(headers or {})
        if persona is not None:
            sent["authorization"] = f"Bearer {self.token(persona, scope)}"
        return self._client.request(method, path, headers=sent, **content)

    def do(self, method: str, path: str, persona: str | None = None, **content: Any) -> Any:
        """One request that must succeed; its JSON."""
        answer = self.call(method, path, persona, **content)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
        return answer.json() if answer.content else None

    def eventually(
        self, path: str, persona: str | None, holds: Callable[[httpx.Response], bool], seconds: float = 60.0
    ) -> httpx.Response:
        """Read until the answer is as wanted."""
        deadline = time.monotonic() + seconds
        while True:
            answer = self.call("GET", path, persona)
            if holds(answer):
                return answer
            assert time.monotonic() < deadline, f"GET {path}: still {answer.status_code} {answer.text[:1000]}"
            time.sleep(0.02)


def open_cycle(api: Api, code: str, *, framework: str = "small", version: str = "1", **changes: Any) -> str:
    """Publish the small framework if need be and open a cycle with it; waits until both are known everywhere."""
    if framework == "small":
        api.do(
            "POST", "/api/v1/frameworks", "secretariat", content=FRAMEWORK, headers={"content-type": "application/yaml"}
        )
    body = {
        "code": code,
        "name": {"en": f"Test cycle {code}"},
        "framework": framework,
        "framework_version": version,
        "reporting_year": T,
        "opens_on": "2020-01-01",
        "closes_on": "2099-12-31",
        "is_rehearsal": False,
    } | changes
    deadline = time.monotonic() + 30
    while True:
        answer = api.call("POST", "/api/v1/cycles", "secretariat", json=body)
        if answer.is_success:
            return code
        assert answer.status_code in (404, 409, 422), answer.text
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.05)


def answers(a: float = 80, b: float = 100, c: float = 5, d: float = 7) -> list[dict[str, Any]]:
    """Answers to all inputs of the small framework."""
    values = {"DONE": a, "ALL": b, "HOURS": c, "SEIZURES": d}
    return [{"code": code, "year": T, "value": value} for code, value in values.items()]


def push(api: Api, cycle: str, administration: str, rows: list[dict[str, Any]] | None = None) -> Any:
    """Push answers as the member's own system."""
    path = f"/api/v1/cycles/{cycle}/submissions/{administration}/answers"
    return api.do("POST", path, f"system-{administration.lower()}", json={"answers": rows or answers()})


def disclose(api: Api, cycle: str, administration: str, default: str, **kpis: str) -> Any:
    """Choose disclosure as the member's contact point."""
    path = f"/api/v1/cycles/{cycle}/submissions/{administration}/disclosure"
    return api.do("PUT", path, f"contact-{administration.lower()}", json={"default": default, "kpis": kpis})


def submit(api: Api, cycle: str, administration: str) -> Any:
    """Submit as the member's contact point."""
    return api.do(
        "POST", f"/api/v1/cycles/{cycle}/submissions/{administration}/submit", f"contact-{administration.lower()}"
    )


def accept(api: Api, cycle: str, administration: str) -> Any:
    """Accept as the secretariat."""
    return api.do("POST", f"/api/v1/cycles/{cycle}/submissions/{administration}/accept", "secretariat")


def wait_for_score(api: Api, cycle: str, administration: str, seconds: float = 30.0) -> Any:
    """The summary of an administration's scores, as the secretariat sees it, once it is there."""
    path = f"/api/v1/scores/{cycle}/{administration}"
    return api.eventually(path, "secretariat", lambda answer: answer.status_code == 200, seconds).json()
