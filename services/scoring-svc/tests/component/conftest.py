"""scoring-svc on a real database, with events fed straight into the handler of its consumer."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import Engine, text

from access_policy import PUBLIC_VIEWER, Level, Role, Viewer
from scoring_svc.adapters.db.tables import metadata
from scoring_svc.adapters.db.unit_of_work import SqlUnitOfWork
from scoring_svc.application.bounded_cache import BoundedCache
from scoring_svc.bootstrap import api, process, worker
from scoring_svc.bootstrap.api import application
from scoring_svc.entrypoints.consumers.batch import handle
from scoring_svc.settings import NAME, Settings
from service_kit.clock import utc_now
from service_kit.database import build_engine
from service_kit.envelope import Envelope
from service_kit.inbox import record_new
from service_kit.migrations import upgrade
from tests.support.embedded import Embedded


def _person(role: Role, **facts: Any) -> Viewer:
    return Viewer(subject=role, roles=frozenset({role}), **{"population": "testers", **facts})


VIEWERS = {
    "secretariat": _person(Role.SECRETARIAT),
    "contact-aaa": _person(Role.CONTACT_POINT, administration="AAA"),
    "system-aaa": _person(Role.SYSTEM, administration="AAA"),
    "contact-bbb": _person(Role.CONTACT_POINT, administration="BBB"),
    "system-bbb": _person(Role.SYSTEM, administration="BBB"),
    "office-r1": _person(Role.REGIONAL_OFFICE, region="R1"),
    "office-r2": _person(Role.REGIONAL_OFFICE, region="R2"),
    "reviewer": _person(Role.REVIEWER),
    "reviewer-of-aaa": _person(Role.REVIEWER, assignments=frozenset({"AAA"})),
    "integrator-wco": _person(Role.INTEGRATOR, level=Level("wco")),
    "integrator-public": _person(Role.INTEGRATOR, level=Level("public")),
    "loader": _person(Role.LOADER),
    "public": PUBLIC_VIEWER,
    "elsewhere-secretariat": _person(Role.SECRETARIAT, population="others"),
    "elsewhere-contact-aaa": _person(Role.CONTACT_POINT, administration="AAA", population="others"),
    "elsewhere-system-aaa": _person(Role.SYSTEM, administration="AAA", population="others"),
    "elsewhere-office-r1": _person(Role.REGIONAL_OFFICE, region="R1", population="others"),
    "elsewhere-reviewer-of-aaa": _person(Role.REVIEWER, assignments=frozenset({"AAA"}), population="others"),
}


class Personas:
    """Takes the name of a persona for its token."""

    def viewer(self, authorization: str | None) -> Viewer:
        """The persona, or the public without one."""
        return VIEWERS[(authorization or "Bearer public").removeprefix("Bearer ")]


@dataclass
class Scoring:
    """The service: what comes in, and what it wrote."""

    engine: Engine
    known: BoundedCache[str, Any]

    def unit_of_work(self) -> SqlUnitOfWork:
        """A unit of work as bootstrap makes it."""
        return SqlUnitOfWork(self.engine, NAME, utc_now, self.known)

    def feed(self, *events: Envelope) -> list[dict[str, Any]]:
        """Bring events to effect as one batch, as the consumer does; what was published, in order."""
        before = self.one("select coalesce(max(id), 0) from outbox")
        with self.unit_of_work() as uow:
            new = record_new(uow.connection, metadata, "scoring-svc.sources", events)
            if new:
                handle(new, uow)
                uow.commit()
        rows = self.rows("select payload from outbox where id > :before order by id", before=before)
        return [json.loads(row["payload"]) for row in rows]

    def rows(self, statement: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of a query."""
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(statement), values).mappings()]

    def one(self, statement: str, **values: Any) -> Any:
        """The single value of a query."""
        with self.engine.connect() as connection:
            return connection.execute(text(statement), values).scalar_one()

    def cards(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        """All stored cards by cycle, administration and kind."""
        rows = self.rows("select * from score_card")
        return {(row["cycle"], row["administration"], row["kind"]): row for row in rows}


@pytest.fixture(scope="session")
def migrated_url(embedded_postgres: Embedded) -> Iterator[str]:
    """A migrated database for all tests of this service."""
    with embedded_postgres.database() as url:
        upgrade(process.migrations, url)
        yield url


@pytest.fixture
def scoring(migrated_url: str) -> Iterator[Scoring]:
    """The service on an empty, migrated database."""
    engine = build_engine(migrated_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"truncate {', '.join(metadata.tables)}")
    yield Scoring(engine, BoundedCache(4))
    engine.dispose()


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Closes the engines that bootstrap makes, which in life end with the process."""
    made: list[Engine] = []

    def noted(url: str, **options: Any) -> Engine:
        made.append(build_engine(url, **options))
        return made[-1]

    for part in (api, worker):
        monkeypatch.setattr(part, "build_engine", noted)
    yield
    for engine in made:
        engine.dispose()


@pytest.fixture
def app(scoring: Scoring, engines: None, migrated_url: str) -> FastAPI:
    """The HTTP application, with personas instead of tokens."""
    settings = Settings(
        database_url=SecretStr(migrated_url), token_issuer="https://issuer.test", jwks_url="https://issuer.test/jwks"
    )
    app = application(settings)
    app.state.dependencies = replace(app.state.dependencies, authenticator=Personas())
    return app


Get = Callable[..., Any]


@pytest.fixture
def get(app: FastAPI) -> Iterator[Get]:
    """`get("/c-2024/AAA", "contact-aaa")` asks below /api/v1/scores as that persona."""
    with TestClient(app) as client:

        def ask(path: str, persona: str = "public", **headers: str) -> Any:
            sent = {"authorization": f"Bearer {persona}"} if persona != "public" else {}
            return client.get(f"/api/v1/scores{path}", headers={**sent, **headers})

        yield ask
