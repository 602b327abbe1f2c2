"""The demo loader reaches the same end through refusals, breaks and lost answers."""

import json
import threading
from collections import Counter
from pathlib import Path

import httpx
import pytest

from framework_spec.reading import read_framework
from local_stack.demo import CYCLE, load
from local_stack.errors import StackError
from pmm_cli.errors import RefusedError

SHIPPED = Path(__file__).resolve().parents[4] / "services" / "framework-svc" / "src" / "framework_svc" / "data"
PREFIX = f"/api/v1/cycles/{CYCLE}/submissions/"


class FakeApi:
    """As much of the public API as the loader uses, with the rules it must keep to."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.cycle: dict[str, object] | None = None
        self.status: dict[str, str] = {}
        self.answers: dict[str, list[dict[str, object]]] = {}
        self.disclosure: dict[str, dict[str, object]] = {}
        self.keys: set[str] = set()
        self.writes = 0
        self.framework_is_known_after = 0
        self.break_after: int | None = None
        self.lose_answer_of: set[str] = set()  # "METHOD path" that is done, but whose answer is lost once
        self.refuse_once: set[str] = set()  # "METHOD path" that is refused once with 429

    def __call__(self, request: httpx.Request) -> httpx.Response:
        with self.lock:
            name = f"{request.method} {request.url.path}"
            if name in self.refuse_once:
                self.refuse_once.discard(name)
                return httpx.Response(429, headers={"Retry-After": "7"})
            if request.method != "GET":
                self.writes += 1
                if self.break_after is not None and self.writes > self.break_after:
                    return httpx.Response(500, json={"code": "internal", "detail": "broken"})
            response = self.answer(request)
            if name in self.lose_answer_of:
                self.lose_answer_of.discard(name)
                raise httpx.ReadError("connection lost", request=request)
            return response

    def answer(self, request: httpx.Request) -> httpx.Response:
        path, caller = request.url.path, request.headers["Authorization"].removeprefix("Bearer token of ")
        body = json.loads(request.content) if request.content else None
        if path.startswith(PREFIX):
            return self.submission(
                request.method, *path.removeprefix(PREFIX).partition("/")[::2], caller, body, request
            )
        if path == "/api/v1/frameworks/openpmm-demo/versions/2":
            framework = read_framework((SHIPPED / "frameworks" / "openpmm-demo-2.yaml").read_bytes())
            return httpx.Response(200, content=framework.canonical_json())
        if path == "/api/v1/populations/wco-members":
            return httpx.Response(200, json={"administrations": register()})
        if path == f"/api/v1/cycles/{CYCLE}" and request.method == "GET":
            return httpx.Response(200, json=self.cycle) if self.cycle else problem(404, "cycle.unknown")
        assert (request.method, path, caller) == ("POST", "/api/v1/cycles", "secretariat")
        if self.framework_is_known_after > 0:
            self.framework_is_known_after -= 1
            return problem(404, "framework.unknown")
        assert self.cycle is None
        self.cycle = body
        return httpx.Response(201, json=body)

    def submission(
        self, method: str, code: str, step: str, caller: str, body: object, request: httpx.Request
    ) -> httpx.Response:
        status = self.status.get(code)
        if method == "GET":
            return httpx.Response(200, json={"status": status}) if status else problem(404, "submission.unknown")
        assert self.cycle is not None
        assert caller == {"answers": f"system-{code.lower()}", "disclosure": f"contact-{code.lower()}",
                          "submit": f"contact-{code.lower()}"}.get(step, "secretariat")  # fmt: skip
        allowed = {"accept": {"submitted"}, "return": {"submitted"}}.get(step, {None, "draft", "returned"})
        if step == "answers" and request.headers["Idempotency-Key"] in self.keys:
            return httpx.Response(200, json={})
        if status not in allowed:
            return problem(409, f"submission.{status}")
        if step == "answers":
            assert isinstance(body, dict)
            self.keys.add(request.headers["Idempotency-Key"])
            self.answers[code] = body["answers"]
        if step == "disclosure":
            assert isinstance(body, dict)
            self.disclosure[code] = body
        if step == "return":
            assert isinstance(body, dict)
            assert body["reason"]
        self.status[code] = {"submit": "submitted", "accept": "accepted", "return": "returned"}.get(step, "draft")
        return httpx.Response(200, json={"status": self.status[code]})


def problem(status: int, code: str) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "detail": "what to do"})


def register() -> list[dict[str, str]]:
    rows = (SHIPPED / "wco-members.csv").read_text(encoding="utf-8").splitlines()[1:]
    fields = [row.split(",") for row in rows]
    regions = {"AMS", "EUR", "ESA", "MENA", "WCA", "AP"}
    return [{"code": row[0], "region": next(part for part in row if part in regions)} for row in fields]


def run(api: FakeApi, waits: list[float] | None = None) -> list[tuple[int, int]]:
    seen: list[tuple[int, int]] = []
    sleep = (waits if waits is not None else []).append
    load(
        "http://gateway",
        lambda client_id: f"token of {client_id}",
        lambda done, of: seen.append((done, of)),
        httpx.MockTransport(api),
        sleep,
    )
    return seen


def assert_complete(api: FakeApi) -> None:
    assert Counter(api.status.values()) == {"accepted": 54, "submitted": 4, "returned": 2, "draft": 2}
    assert len(api.answers) == len(api.disclosure) == 62


def test_brings_every_submission_to_its_place_and_tells_progress() -> None:
    api = FakeApi()
    seen = run(api)
    assert_complete(api)
    assert seen[0] == (1, 62)
    assert seen[-1] == (62, 62)
    assert api.cycle is not None
    assert "synthetic" in json.dumps(api.cycle["name"])
    assert api.cycle["is_rehearsal"] is False


def test_second_run_changes_nothing() -> None:
    api = FakeApi()
    run(api)
    answers, writes = dict(api.answers), api.writes
    run(api)
    assert_complete(api)
    assert api.answers == answers
    # the two drafts are pushed again (nothing tells whether a draft is whole), and a returned one stays returned
    assert api.writes - writes == 4


@pytest.mark.parametrize("writes", [0, 1, 2, 3, 50, 120, 240])
def test_goes_on_after_a_break_at_any_point(writes: int) -> None:
    api = FakeApi()
    api.break_after = writes
    with pytest.raises(RefusedError, match="broken"):
        run(api)
    api.break_after = None
    run(api)
    assert_complete(api)


def test_waits_as_long_as_a_refusal_asks() -> None:
    api = FakeApi()
    api.refuse_once = {"POST /api/v1/cycles"}
    waits: list[float] = []
    run(api, waits)
    assert waits == [7.0]
    assert_complete(api)


def test_waits_until_the_framework_has_reached_the_neighbour() -> None:
    api = FakeApi()
    api.framework_is_known_after = 5
    waits: list[float] = []
    run(api, waits)
    assert waits == [0.5] * 5
    assert_complete(api)


def test_lost_answer_of_a_done_step_is_no_failure() -> None:
    first = FakeApi()
    run(first)
    accepted = next(code for code, status in first.status.items() if status == "accepted")
    api = FakeApi()
    api.lose_answer_of = {f"POST {PREFIX}{accepted}/{step}" for step in ("answers", "submit", "accept")}
    run(api)
    assert_complete(api)


def test_gives_up_with_the_words_of_the_api() -> None:
    api = FakeApi()
    api.framework_is_known_after = 10_000
    with pytest.raises(StackError, match=r"still refused after 60 s. what to do \(framework.unknown\)"):
        run(api)
