"""A small stand-in for submission-svc behind the port, and the pages as a browser of a contact point uses them."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from reporting_svc.application.my_submission.asking import Answer, Call, Caller, ServiceAwayError

DOCUMENT = Path(__file__).resolve().parents[5] / "contracts" / "openapi" / "submission.json"
PATHS: dict[str, dict[str, Any]] = json.loads(DOCUMENT.read_text(encoding="utf-8"))["paths"]
JOB = UUID("00000000-0000-4000-8000-000000000001")
THREAD = UUID("00000000-0000-4000-8000-000000000002")
FILE = UUID("00000000-0000-4000-8000-000000000003")
AT = "2024-12-01T10:00:00Z"
MINE = "/c-2024/submissions/KEN"


def a_cycle(**changes: Any) -> dict[str, Any]:
    """The cycle as the API tells of it."""
    said = {
        "code": "c-2024",
        "name": {"en": "Cycle 2024", "fr": "Cycle 2024"},
        "framework": "test-frame",
        "framework_version": "1",
        "population": "wco-members",
        "reporting_year": 2024,
        "opens_on": "2024-11-01",
        "deadline": "2025-10-01",
        "is_rehearsal": False,
        "state": "open",
    }
    return said | changes


def a_submission(**changes: Any) -> dict[str, Any]:
    """A draft with some answers."""
    said = {
        "administration": "KEN",
        "status": "draft",
        "return_reason": None,
        "in_force_at": None,
        "counts": {"numbers": 3, "missing": 1, "claims": 1},
        "open_threads": 0,
        "changed_at": AT,
        "submitted_at": None,
        "accepted_at": None,
        "is_late": False,
        "unanswered": 2,
        "disclosure": {"default": "restricted", "kpis": {"D1-A": "public"}},
    }
    return said | changes


def a_warning(**changes: Any) -> dict[str, Any]:
    """An outlier without a reason."""
    figures = [{"input": "IN_D1_A", "year": 2024, "value": 99.0}]
    said = {"id": "outlier:IN_D1_A:2024", "kind": "outlier", "text": "Far from before.", "figures": figures}
    return {**said, "kpis": ["D1-A", "D1-B"], "reason": None, "earlier_reason": None, **changes}


def a_job(**changes: Any) -> dict[str, Any]:
    """An upload that was saved."""
    outcome = {"received": 4, "created": 3, "updated": 1, "removed": 0, "unchanged": 0, "notes": [], "violations": []}
    said = {
        "id": str(JOB),
        "format": "xlsx",
        "state": "done",
        "stage": "done",
        "rows_done": 4,
        "rows_total": 4,
        "is_cancel_asked": False,
        "errors_found": None,
        "outcome_status": 200,
        "created_at": AT,
        "outcome": outcome | {"unanswered": 2},
    }
    return said | changes


def a_file(**changes: Any) -> dict[str, Any]:
    """A file that stands for an input."""
    said = {"id": str(FILE), "about": "IN_D1_A", "name": "Été 2024.pdf", "size": 2500, "added_at": AT}
    return said | changes


def _require_promised(call: Call) -> None:
    """Every call must be one that the API document of submission-svc has, with its query parameters."""
    method = call.method.lower()
    for path, operations in PATHS.items():
        if method in operations and re.fullmatch(re.sub(r"{[^}]+}", "[^/]+", path), "/api/v1/cycles" + call.path):
            parameters = operations[method].get("parameters", ())
            assert set(call.query) <= {each["name"] for each in parameters if each["in"] == "query"}, call
            return
    raise AssertionError(f"submission-svc has no {call.method} {call.path}")


class FakeSubmissions:
    """Set what it shall say; `calls` has what it was asked."""

    def __init__(self) -> None:
        self.cycles = [a_cycle()]
        self.submission: dict[str, Any] | None = None
        self.warnings: list[dict[str, Any]] = []
        self.blocking: list[dict[str, Any]] = []
        self.threads: list[dict[str, Any]] = []
        self.jobs = [a_job()]
        self.findings: dict[str, Any] = {"errors_found": 0, "errors": [], "groups": []}
        self.seen: dict[str, Any] = {}
        self.evidence: list[dict[str, Any]] = []
        self.contacts: dict[str, Any] = {"contacts": [], "is_mail_sent": True}
        self.refusals: dict[tuple[str, str], tuple[int, str]] = {}
        self.is_away = False
        self.calls: list[tuple[Call, Caller]] = []

    def sent(self, method: str) -> list[Call]:
        """The calls of a method."""
        return [call for call, _ in self.calls if call.method == method]

    def ask(self, call: Call, caller: Caller) -> Answer:
        """Answer like submission-svc."""
        _require_promised(call)
        self.calls.append((call, caller))
        if self.is_away:
            raise ServiceAwayError("the fake is away")
        for (method, end), (status, code) in self.refusals.items():
            if call.method == method and call.path.endswith(end):
                return self._problem(status, code)
        if call.method == "POST" and call.path == f"{MINE}/answers":
            return self._said({"id": str(JOB), "job": "x"}, 202)
        if call.method == "POST" and call.path == f"{MINE}/evidence":
            return self._said({"is_new": True, "name": call.query["name"]}, 201)
        return self._read(call) if call.method == "GET" else self._said({})

    def _read(self, call: Call) -> Answer:
        if call.path in ("", "/c-2024"):
            return self._said({"items": self.cycles} if call.path == "" else self.cycles[0])
        if call.path == "/c-2024/submissions":
            return self._said({"items": [self.submission] if self.submission else []})
        if call.path == f"{MINE}/jobs":
            return self._said({"items": self.jobs})
        if call.path == f"{MINE}/template":
            return Answer(200, b"PK-template-" + call.query["language"].encode())
        if call.path == f"{MINE}/jobs/{JOB}/errors":
            form = call.query.get("format")
            return Answer(200, f"marked-{form}".encode()) if form else self._said(self.findings)
        if call.path == f"{MINE}/jobs/{JOB}":
            return self._said(self.jobs[0])
        if call.path == f"{MINE}/evidence/{FILE}/content":
            return Answer(200, b"<script>alert(1)</script>")
        if call.path == "/c-2024/contacts/KEN":
            return self._said(self.contacts)
        return self._of_submission(call.path)

    def _of_submission(self, path: str) -> Answer:
        if self.submission is None:
            return self._problem(404, "submission.not_found")
        open_ = sum(each["reason"] is None for each in self.warnings)
        known = {
            MINE: self.submission,
            f"{MINE}/warnings": {"required": True, "open": open_, "blocking": self.blocking, "items": self.warnings},
            f"{MINE}/threads": {"items": self.threads},
            f"{MINE}/disclosure": self.submission["disclosure"],
            f"{MINE}/as-seen-by": self.seen,
            f"{MINE}/evidence": {"items": self.evidence},
            **{f"{MINE}/evidence/{each['id']}": each for each in self.evidence},
        }
        return self._said(known[path]) if path in known else self._problem(404, "request.no_such_route")

    @staticmethod
    def _said(document: Any, status: int = 200) -> Answer:
        return Answer(status, json.dumps(document).encode(), '"7-9"')

    @staticmethod
    def _problem(status: int, code: str) -> Answer:
        return Answer(status, json.dumps({"code": code, "detail": "as submission-svc says"}).encode())


class Browser:
    """A signed-in browser; forms come from our own pages unless told otherwise."""

    def __init__(self, world: Any, token: str) -> None:
        self._client = world.client
        self._cookie = {"cookie": f"openpmm_token={token}"}

    def get(self, path: str, **headers: str) -> Any:
        """Open a page; redirects are not followed."""
        return self._client.get(path, headers=self._cookie | headers, follow_redirects=False)

    def post(self, path: str, *, site: str | None = "same-origin", headers: Any = None, **content: Any) -> Any:
        """Send a form; redirects are not followed."""
        sent = self._cookie | ({"sec-fetch-site": site} if site else {}) | (headers or {})
        return self._client.post(path, headers=sent, follow_redirects=False, **content)


@pytest.fixture
def fake(world: Any) -> FakeSubmissions:
    """submission-svc, as the pages see it."""
    fake = FakeSubmissions()
    world.app.state.dependencies = replace(world.app.state.dependencies, submissions=fake)
    world.catalogue()
    return fake


@pytest.fixture
def make() -> SimpleNamespace:
    """Makes what submission-svc tells of."""
    return SimpleNamespace(cycle=a_cycle, submission=a_submission, warning=a_warning, job=a_job, file=a_file, mine=MINE)


@pytest.fixture
def signed_in(world: Any, token: Callable[..., str]) -> Callable[..., Browser]:
    """A browser of somebody with a role; the contact point of Kenya unless told otherwise."""

    def browser(role: str = "contact_point", **claims: Any) -> Browser:
        own = {"administration": "KEN"} if role in ("contact_point", "system") else {}
        return Browser(world, token(role, **own | claims))

    return browser


@pytest.fixture
def browser(fake: FakeSubmissions, signed_in: Callable[..., Browser]) -> Browser:
    """The browser of Kenya's contact point."""
    return signed_in()
