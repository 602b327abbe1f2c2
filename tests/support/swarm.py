"""Members' systems and people that all work at once: pushes, retries, cut connections, steps and decisions."""

import csv
import hashlib
import io
import itertools
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx

from tests.support.cut import send_cut
from tests.support.gateway import Api, T
from tests.support.replay import Row

INPUTS = ("DONE", "ALL", "HOURS", "SEIZURES")
COLUMNS = ("code", "year", "value", "state", "reason", "comment")
CHOICES: dict[str, list[dict[str, Any]]] = {
    "closed": [{"default": "restricted", "kpis": {}}, {"default": "restricted", "kpis": {"TIME": "restricted"}}],
    "wco": [{"default": "wco", "kpis": {}}, {"default": "restricted", "kpis": {"TIME": "wco"}}],
    "public": [{"default": "public", "kpis": {}}, {"default": "restricted", "kpis": {"TIME": "public"}},
               {"default": "wco", "kpis": {"SHARE": "public"}}, {"default": "restricted", "kpis": {}}],
}  # fmt: skip


@dataclass(frozen=True)
class Push:
    """A push that was answered: what was sent, what came back, and when (seconds of one clock)."""

    digest: str
    rows: list[Row]
    is_good: bool
    answer: httpx.Response
    began: float
    ended: float


@dataclass
class Figures:
    """Figures that appear nowhere else, and whose they are."""

    owners: dict[float, str] = field(default_factory=dict)
    _next: Any = field(default_factory=itertools.count)

    def new(self, code: str, owner: str) -> float:
        """A figure for an input that nobody has had before."""
        number = next(self._next)
        value = 1_000 + (number * 10 + 1) / 1_000_000 if code == "HOURS" else float(100_000_007 + number * 10)
        self.owners[value] = owner
        return value


class Member:
    """One administration: two systems, a contact point, and how the secretariat deals with it."""

    def __init__(
        self, api: Api, url: str, cycle: str, code: str, openness: str, figures: Figures, drawing: Random
    ) -> None:
        self.code = code
        self.openness = openness
        self.pushes: list[Push] = []
        self.refused: list[str] = []
        self._api, self._url, self._figures, self._drawing = api, url, figures, drawing
        self._where = f"/api/v1/cycles/{cycle}/submissions/{code}"
        self._names = itertools.count()
        self._lock = threading.Lock()
        self._kept: tuple[str, str, bytes, httpx.Response] | None = None

    def system_step(self) -> None:
        """One thing that the systems do."""
        step = self._drawing.choices(
            [self._push_both, self._push_one, self._push_bad, self._push_again], weights=[4, 4, 2, 1]
        )[0]
        step()

    def people_step(self) -> None:
        """One thing that the contact point or the secretariat does."""
        step: Callable[[], object] = self._drawing.choices(
            [self._submit, self._disclose, self._accept, self._withdraw, self._return], weights=[5, 4, 5, 1, 2]
        )[0]
        step()

    def settle(self) -> None:
        """Bring it to acceptance from wherever it is."""
        if not any(push.answer.is_success for push in self.pushes):
            self._push(self._good_rows(INPUTS), "json", is_good=True)
        self._submit()
        self._accept()

    def _push_both(self) -> None:
        """Both systems at the same moment, about the same inputs or about others."""
        first = self._drawing.sample(INPUTS, k=2)
        second = first if self._drawing.random() < 0.5 else [code for code in INPUTS if code not in first]
        ready = threading.Barrier(2)

        def one(codes: list[str]) -> None:
            rows, form = self._good_rows(codes), self._form()
            ready.wait(timeout=30)
            self._push(rows, form, is_good=True)

        with ThreadPoolExecutor(2) as systems:
            for done in [systems.submit(one, list(codes)) for codes in (first, second)]:
                done.result(timeout=120)

    def _push_one(self) -> None:
        self._push(
            self._good_rows(self._drawing.sample(INPUTS, k=self._drawing.randint(1, 4))), self._form(), is_good=True
        )

    def _push_bad(self) -> None:
        """Good rows with one among them that is not: nothing of it may be kept."""
        wrong: list[Row] = [
            {"code": "NOWHERE", "year": T, "value": 1},
            {"code": "DONE", "year": 1900, "value": 1},
            {"code": "HOURS", "year": T, "value": 999_999},
            {"code": "ALL", "year": T, "value": "many"},
            {"code": "SHARE", "year": T, "value": 1},
            {"code": "YIELD", "state": "opted_out"},
        ]
        rows = [*self._good_rows(self._drawing.sample(INPUTS[:2], k=1)), self._drawing.choice(wrong)]
        self._push(rows, self._form(), is_good=False)

    def _push_again(self) -> None:
        """The same request with the same key, long after: the stored answer, word for word."""
        if self._kept is None:
            return
        key, kind, body, answer = self._kept
        again = self._call("POST", "/answers", self._system, {"content-type": kind, "idempotency-key": key}, body)
        assert (again.status_code, again.text) == (answer.status_code, answer.text)
        assert again.headers["idempotency-replayed"] == "true"

    def _push(self, rows: list[Row], form: str, *, is_good: bool) -> None:
        kind, body = written(rows, form)
        key = f"{self.code}-{next(self._names)}"
        began = time.monotonic()
        answer = self._patiently("POST", "/answers", self._system, {"content-type": kind, "idempotency-key": key}, body)
        digest = "sha256:" + hashlib.sha256(body).hexdigest()
        with self._lock:
            self.pushes.append(Push(digest, rows, is_good, answer, began, time.monotonic()))
            if answer.is_success:
                self._kept = (key, kind, body, answer)

    def _good_rows(self, codes: Any) -> list[Row]:
        rows: list[Row] = []
        for code in codes:
            note = f"note {next(self._names)} of {self.code}"
            chance = self._drawing.random()
            if rows and chance < 0.1:
                rows.append({"code": code, "year": T, "state": "missing", "comment": note})
            elif rows and chance < 0.2:
                rows.append({"code": code, "year": T, "state": "none"})
            else:
                rows.append({"code": code, "year": T, "value": self._figures.new(code, self.code), "comment": note})
        if self._drawing.random() < 0.3:
            state = self._drawing.choice(["opted_out", "not_applicable", "none"])
            reason = {} if state == "none" else {"reason": f"reason {next(self._names)}"}
            rows.append({"code": "YIELD", "state": state, **reason})
        return rows

    def _form(self) -> str:
        return self._drawing.choice(["json", "csv", "ndjson"])

    @property
    def _system(self) -> str:
        return f"system-{self.code.lower()}"

    @property
    def _contact(self) -> str:
        return f"contact-{self.code.lower()}"

    def _submit(self) -> None:
        self._step("POST", "/submit", self._contact)

    def _withdraw(self) -> None:
        self._step("POST", "/withdraw", self._contact)

    def _accept(self) -> None:
        self._step("POST", "/accept", "secretariat")

    def _return(self) -> None:
        self._step("POST", "/return", "secretariat", {"reason": f"Please look again, {next(self._names)}."})

    def _disclose(self) -> None:
        self._step("PUT", "/disclosure", self._contact, self._drawing.choice(CHOICES[self.openness]))

    def _step(self, method: str, more: str, persona: str, body: Any = None) -> None:
        """A refusal is all right here where the submission is in another state; the model knows which."""
        sent = json.dumps(body).encode() if body is not None else b""
        headers = {"content-type": "application/json"} if body is not None else {}
        answer = self._patiently(method, more, persona, headers, sent)
        if answer.status_code not in (200, 404, 409):
            self.refused.append(f"{method} {more}: {answer.status_code} {answer.text[:300]}")

    def _patiently(self, method: str, more: str, persona: str, headers: dict[str, str], body: bytes) -> httpx.Response:
        """Now and then the connection breaks, and then the same is sent again until there is an answer."""
        while self._drawing.random() < 0.25:
            share = self._drawing.choice([1.0, self._drawing.random()])
            signed = {**headers, "authorization": f"Bearer {self._api.token(persona)}"}
            send_cut(self._url, method, self._where + more, signed, body, share)
        return self._call(method, more, persona, headers, body)

    def _call(self, method: str, more: str, persona: str, headers: dict[str, str], body: bytes) -> httpx.Response:
        return self._api.call(method, self._where + more, persona, headers=headers, content=body)


def written(rows: list[Row], form: str) -> tuple[str, bytes]:
    """Content type and body of rows."""
    if form == "json":
        return "application/json", json.dumps({"answers": rows}).encode()
    if form == "ndjson":
        return "application/x-ndjson", "".join(json.dumps(row) + "\n" for row in rows).encode()
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(
        {name: repr(cell) if isinstance(cell, float) else cell for name, cell in row.items()} for row in rows
    )
    return "text/csv", text.getvalue().encode()
