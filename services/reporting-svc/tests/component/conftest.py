"""A migrated database, events fed straight to the handlers, and the application with tokens in plain text."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
import uvicorn
import yaml
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import Engine

from access_policy import PUBLIC_VIEWER, viewer_from_claims, with_levels
from reporting_svc.adapters.db.tables import metadata
from reporting_svc.adapters.db.unit_of_work import SqlUnitOfWork
from reporting_svc.bootstrap.api import application
from reporting_svc.entrypoints.consumers.batch import handle
from reporting_svc.settings import Settings
from service_kit import migrations
from service_kit.auth import Authenticator, TokenVerifier
from service_kit.clock import Clock, utc_now
from service_kit.database import build_engine
from service_kit.envelope import NewEvent
from service_kit.errors import Kind, ProblemError

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
REGISTER = {
    "population": "wco-members",
    "name": "Members",
    "regions": [{"code": "ESA", "name": "East and Southern Africa"}, {"code": "EUR", "name": "Europe"}],
    "administrations": [
        {"code": "KEN", "name": "Kenya", "region": "ESA", "source": "s"},
        {"code": "UGA", "name": "Uganda", "region": "ESA", "source": "s"},
        {"code": "ZMB", "name": "Zambia", "region": "ESA", "source": "s"},
        {"code": "FRA", "name": "France", "region": "EUR", "source": "s"},
    ],
}
REGIONS = {each["code"]: each["region"] for each in REGISTER["administrations"]}  # type: ignore[index]
GOALPOSTS = {"normalisation": "goalposts", "lower": 0, "upper": 100, "cut": "both"}


DOCUMENT: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "framework.yaml").read_text(encoding="utf-8"))
OPEN = {"default": "public", "kpis": {}}


def cycle_data(code: str = "c-2024", *, is_rehearsal: bool = False, **more: Any) -> dict[str, Any]:
    """The cycle as events carry it."""
    return {
        "code": code,
        "name": {"en": "Cycle 2024 (synthetic data)", "fr": "Cycle 2024 (données synthétiques)"},
        "framework": "test-frame",
        "framework_version": "1",
        "framework_digest": "f" * 64,
        "population": "wco-members",
        "reporting_year": 2024,
        "is_rehearsal": is_rehearsal,
    } | more


def make_card(
    administration: str, scores: dict[str, Any], disclosure: dict[str, Any], flags: dict[str, list[str]]
) -> dict[str, Any]:
    """A card over the test framework: a number is a score, a text is a state, what is not named is missing."""
    nodes = {code: _kpi_node(code, parent, scores.get(code, "missing")) for code, parent in KPIS.items()}
    for code, parent in (("D1", "OVERALL"), ("D2", "OVERALL"), ("OVERALL", None)):
        below = [node for node in nodes.values() if node["parent"] == code and node["score"] is not None]
        nodes[code] = _aggregate_node(code, parent, [node["score"] for node in below])
    for code, marks in flags.items():
        nodes[code]["flags"] = marks
    order = ["OVERALL", "D1", "D1-A", "D1-B", "D2", "D2-A", "D2-X"]
    card = {
        "administration": administration,
        "framework": "test-frame",
        "framework_version": "1",
        "framework_digest": "f" * 64,
        "reporting_year": 2024,
        "engine_version": "1",
        "input_digest": "0" * 64,
        "nodes": [nodes[code] for code in order],
    }
    return with_levels(card, disclosure)


KPIS = {"D1-A": "D1", "D1-B": "D1", "D2-A": "D2", "D2-X": "D2"}


def _kpi_node(code: str, parent: str, given: Any) -> dict[str, Any]:
    is_number = not isinstance(given, str)
    value = given if is_number else None
    is_context = code == "D2-X"
    state = given if not is_number else ("context_only" if is_context else "scored")
    return {
        "code": code,
        "parent": parent,
        "kind": "kpi",
        "state": "context_only" if is_context else state,
        "score": None if is_context else value,
        "band": None,
        "coverage": None,
        "weight": 1.0,
        "effective_weight": 0.5,
        "contribution": None,
        "reason": None,
        "flags": [],
        "value": value,
        "unit": "percent",
        "direction": "context_only" if is_context else "higher_is_better",
        "formula": f"IN_{code.replace('-', '_')}",
        "inputs": [{"code": f"IN_{code.replace('-', '_')}", "year": 2024, "value": value}],
        "scoring": None if is_context else GOALPOSTS,
    }


def _aggregate_node(code: str, parent: str | None, scores: list[float]) -> dict[str, Any]:
    return {
        "code": code,
        "parent": parent,
        "kind": "dimension" if parent else "index",
        "state": "scored" if scores else "under_threshold",
        "score": fmean(scores) if scores else None,
        "band": "A" if scores else None,
        "coverage": len(scores) / 2,
        "weight": 1.0,
        "effective_weight": 0.5 if parent else None,
        "contribution": None,
        "reason": None,
        "flags": [],
        "aggregation": {"method": "arithmetic"},
        "coverage_rule": {"threshold": "1/2", "measure": "weight"},
        "coverage_exact": f"{len(scores)}/2",
    }


class World:
    """The service with a real database, and the events that reach it."""

    def __init__(self, engine: Engine, app: FastAPI) -> None:
        self.engine = engine
        self.app = app
        self.client = TestClient(app)
        self.clock: Clock = utc_now

    def at(self, moment: str) -> "World":
        """From here on events carry this time."""
        self.clock = partial(datetime.fromisoformat, moment)
        return self

    def feed(self, topic: str, type_: str, data: dict[str, Any]) -> None:
        """Hand one event to the handler, in a transaction as the consumer does."""
        envelope = NewEvent(topic, "key", type_, data).envelope("someone", self.clock())
        with SqlUnitOfWork(self.engine, metadata, "reporting-svc", utc_now) as uow:
            handle([envelope], uow)
            uow.commit()

    def catalogue(self) -> None:
        """The framework and the register."""
        published = {"code": "test-frame", "version": "1", "digest": "f" * 64, "document": DOCUMENT}
        self.feed("framework", "framework.published.v1", published)
        self.register()

    def register(self, **changes: Any) -> None:
        """The register, or another state of it."""
        self.feed("framework", "register.changed.v1", REGISTER | changes)

    def open(self, code: str = "c-2024", **more: Any) -> None:
        """A cycle opens."""
        stage = {"status": "open", "opens_on": "2024-11-01", "closes_on": "2025-10-01"}
        self.feed("submission", "cycle.opened.v1", {"cycle": cycle_data(code, **more), **stage})

    def close(self) -> None:
        """The cycle closes."""
        stage = {"status": "closed", "opens_on": "2024-11-01", "closes_on": "2025-10-01"}
        self.feed("submission", "cycle.closed.v1", {"cycle": cycle_data()} | stage)

    def participate(
        self,
        administration: str,
        status: str = "accepted",
        revision: int = 1,
        *,
        is_rehearsal: bool = False,
        in_force: dict[str, Any] | None = None,
    ) -> None:
        """A submission reaches a state."""
        submission = {
            "id": "x",
            "administration": administration,
            "revision": revision,
            "status": status,
            "answers": [],
            "claims": [],
            "disclosure": OPEN,
            "changed_at": "2024-12-01T10:00:00Z",
            "in_force": in_force,
        }
        self.feed(
            "submission",
            f"submission.{status}.v1",
            {"cycle": cycle_data(is_rehearsal=is_rehearsal), "submission": submission},
        )

    def score(
        self,
        administration: str,
        scores: dict[str, Any],
        disclosure: dict[str, Any] | None = None,
        *,
        run: int = 1,
        is_rehearsal: bool = False,
        region: str | None = None,
        flags: dict[str, list[str]] | None = None,
    ) -> None:
        """Scores arrive; everything is public unless the disclosure says otherwise."""
        card = make_card(administration, scores, disclosure or OPEN, flags or {})
        data = {"administration": administration, "region": region or REGIONS[administration], "card": card}
        about = {"cycle": cycle_data(is_rehearsal=is_rehearsal), "run_id": run, "revision": 1, "digest": "d"}
        self.feed("score", "score.updated.v1", data | about)

    def retract(self, administration: str, run: int) -> None:
        """Scores are taken back."""
        data = {"administration": administration, "region": REGIONS[administration], "reason": "withdrawn"}
        self.feed("score", "score.retracted.v1", {"cycle": cycle_data(), "run_id": run, "revision": 2} | data)

    def count(self, scored: int, run: int = 1) -> None:
        """The cycle is scored."""
        data = {"cycle": cycle_data(), "run_id": run, "scored": scored, "unscored": 0}
        self.feed("score", "cycle.scored.v1", data)

    def get(self, path: str, token: str | None = None, **options: Any) -> Any:
        """Ask the application."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return self.client.get(path, headers=headers | options.pop("headers", {}), **options)

    def events(self, token: str | None = None, after: int = 0) -> list[dict[str, Any]]:
        """All events that a reader sees."""
        page = self.get(f"/api/v1/events?after={after}&limit=500", token).json()
        items: list[dict[str, Any]] = page["items"]
        return items


class PlainVerifier(TokenVerifier):
    """Takes claims in base64 for tokens; the real check is tested in the kit."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1/", "https://issuer.test", "openpmm")

    def verify(self, token: str) -> dict[str, Any]:
        """The claims, unless they have expired."""
        try:
            claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(token))
        except ValueError:
            raise ProblemError("token.invalid", Kind.UNAUTHENTICATED, "Not a token.") from None
        if claims["exp"] <= time.time():
            raise ProblemError("token.expired", Kind.UNAUTHENTICATED, "Expired.")
        return claims


@pytest.fixture
def token() -> Callable[..., str]:
    """Makes a token of a role."""

    def make(role: str, *, seconds: float = 600, **claims: Any) -> str:
        said = {"sub": f"{role}-test", "roles": [role], "exp": int(time.time() + seconds)} | claims
        return base64.urlsafe_b64encode(json.dumps(said).encode()).decode()

    return make


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """The service on a database made by its migrations."""
    migrations.upgrade(MIGRATIONS, database_url)
    engine = build_engine(database_url)
    settings = Settings(
        database_url=SecretStr(database_url), token_issuer="https://issuer.test", jwks_url="http://127.0.0.1:1/"
    )
    app = application(settings)
    authenticator = Authenticator(PlainVerifier(), PUBLIC_VIEWER, viewer_from_claims)
    app.state.dependencies = replace(app.state.dependencies, authenticator=authenticator)
    yield World(engine, app)
    engine.dispose()


@pytest.fixture
def served(world: World) -> Iterator[str]:
    """The application on a port, as streams need it; gives its address."""
    with _serving(world.app) as address:
        yield address


@contextmanager
def _serving(app: FastAPI) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=5)
