"""The application on a real PostgreSQL, asked through HTTP by made-up persons; events are read from the outbox."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine, delete, text

from framework_spec.document import Framework
from service_kit import migrations
from service_kit.database import build_engine
from service_kit.envelope import Envelope
from submission_svc.adapters.db.tables import metadata
from submission_svc.adapters.db.unit_of_work import SqlUnitOfWork
from submission_svc.adapters.files.evidence_store import FilesStore
from submission_svc.application.dependencies import Dependencies
from submission_svc.bootstrap import process
from submission_svc.bootstrap.api import application
from submission_svc.entrypoints.consumers.framework import handle
from submission_svc.settings import NAME, Settings
from tests.support.embedded import Embedded
from tests.support.persons import made_up_persons
from tests.support.push_jobs import WORKER, Worker
from tests.support.shelf import Shelf

NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
BOTH = "submission:push submission:submit"
PERSONS: dict[str, dict[str, Any]] = {
    "secretariat": {"roles": ["secretariat"]},
    "contact-ken": {"roles": ["contact_point"], "administration": "KEN"},
    "system-ken": {"roles": ["system"], "administration": "KEN", "scope": "submission:push"},
    "submitter-ken": {"roles": ["system"], "administration": "KEN", "scope": BOTH},
    "reader-ken": {"roles": ["system"], "administration": "KEN"},
    "contact-uga": {"roles": ["contact_point"], "administration": "UGA"},
    "system-uga": {"roles": ["system"], "administration": "UGA", "scope": BOTH},
    "contact-atl": {"roles": ["contact_point"], "administration": "ATL"},
    "reviewer": {"roles": ["reviewer"]},
    "reviewer-ken": {"roles": ["reviewer"], "assignments": ["KEN"]},
    "office-esa": {"roles": ["regional_office"], "region": "ESA"},
    "office-eur": {"roles": ["regional_office"], "region": "EUR"},
    "integrator": {"roles": ["integrator"], "level": "wco"},
    "loader": {"roles": ["loader"]},
}
PERSONS |= {f"{name}-elsewhere": {**claims, "population": "others"} for name, claims in PERSONS.items()}
REGISTER = {"KEN": "ESA", "UGA": "ESA", "RWA": "ESA", "FRA": "EUR", "ZZZ": None}


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Service:
    """submission-svc, as a person asks it and as the database shows it."""

    def __init__(self, app: FastAPI, engine: Engine, clock: Clock) -> None:
        self.app, self.engine, self.clock = app, engine, clock
        self._client = TestClient(app, raise_server_exceptions=False)

    def call(self, method: str, path: str, person: str | None = None, **options: Any) -> Response:
        """Ask; the path is below /api/v1/cycles."""
        headers = {**options.pop("headers", {}), **({"authorization": f"Bearer {person}"} if person else {})}
        return self._client.request(method, f"/api/v1/cycles{path}", headers=headers, **options)

    def hear(self, *events: Envelope) -> None:
        """Let the consumer of the topic `framework` handle events."""
        with SqlUnitOfWork(self.engine, metadata, NAME, self.clock) as uow:
            handle(events, uow)
            uow.commit()

    def open_cycle(self, code: str = "c-2024", **changes: Any) -> Response:
        """Open a cycle that runs through 2025."""
        body = {
            "code": code,
            "name": {"en": "Cycle"},
            "framework": "small",
            "framework_version": "1",
            "reporting_year": 2024,
            "opens_on": "2025-01-01",
            "closes_on": "2025-12-31",
            **changes,
        }
        return self.call("POST", "", "secretariat", json=body)

    def push(
        self, *answers: dict[str, Any], member: str = "KEN", person: str = "system-ken", **options: Any
    ) -> Response:
        """Push rows as JSON."""
        path = f"/{options.pop('cycle', 'c-2024')}/submissions/{member}/answers"
        return self.call("POST", path, person, json={"answers": list(answers)}, **options)

    def move(self, step: str, person: str, member: str = "KEN", **options: Any) -> Response:
        """Submit, accept, return or withdraw."""
        return self.call("POST", f"/c-2024/submissions/{member}/{step}", person, **options)

    def close(self, cycle: str = "c-2024", reason: str = "All are in.") -> Response:
        """Close a cycle."""
        return self.call("POST", f"/{cycle}/close", "secretariat", json={"reason": reason})

    def rows(self, statement: str, **parameters: Any) -> list[Any]:
        """What the database holds."""
        with self.engine.connect() as connection:
            return list(connection.execute(text(statement), parameters))

    def table(self, name: str) -> list[Any]:
        """All rows of a table, each with its place in the file and the transaction that wrote it."""
        return self.rows(f"select ctid, xmin, {name}::text from {name} order by ctid")  # noqa: S608 - names from the tests

    def events(self) -> list[dict[str, Any]]:
        """The events in the outbox, in order."""
        return [json.loads(row.payload) for row in self.rows("select payload from outbox order by id")]

    def event_types(self) -> list[str]:
        """The types of the events in the outbox, in order."""
        return [event["type"] for event in self.events()]


def figure(code: str = "HOURS", value: Any = 12.5, year: Any = 2024, **more: Any) -> dict[str, Any]:
    """A row with a figure."""
    return {"code": code, "year": year, "value": value, **more}


def published(framework: Framework) -> Envelope:
    """`framework.published.v1`."""
    data = {
        "code": framework.code,
        "version": framework.version,
        "digest": framework.digest(),
        "document": framework.document(),
    }
    return event("framework.published.v1", data)


def register(members: dict[str, str | None], minutes: int = 0, name: str = "Testers") -> Envelope:
    """`register.changed.v1`."""
    regions = [{"code": "ESA", "name": "East and South"}, {"code": "EUR", "name": "Europe"}]
    administrations = [
        {"code": code, "name": code, "region": region, "source": "?"} for code, region in members.items()
    ]
    data = {"population": "testers", "name": name, "regions": regions, "administrations": administrations}
    return event("register.changed.v1", data, minutes)


def event(kind: str, data: dict[str, Any], minutes: int = 0) -> Envelope:
    """An event as it comes from the broker."""
    at = NOW + timedelta(minutes=minutes)
    return Envelope(id=uuid4(), source="tests", type=kind, subject="key", time=at, dataschema="schema", data=data)


class Make:
    """What tests build with."""

    figure = staticmethod(figure)
    published = staticmethod(published)
    register = staticmethod(register)
    event = staticmethod(event)
    members = REGISTER


@pytest.fixture(scope="session")
def make() -> Make:
    """The builders."""
    return Make()


@pytest.fixture(scope="session")
def migrated_url(embedded_postgres: Embedded) -> Iterator[str]:
    """A database that the migrations have made."""
    with embedded_postgres.database() as url:
        migrations.upgrade(process.migrations, url)
        yield url


@pytest.fixture(scope="session")
def shared_engine(migrated_url: str) -> Iterator[Engine]:
    """One engine for all tests."""
    engine = build_engine(migrated_url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(shared_engine: Engine) -> Engine:
    """The engine, on a database that is emptied first."""
    with shared_engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))  # the audit trail forbids deleting
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
    return shared_engine


@pytest.fixture
def clock() -> Clock:
    """A clock that stands in March 2025."""
    return Clock()


@pytest.fixture(scope="session")
def app(migrated_url: str, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The application as bootstrap builds it."""
    settings = Settings(
        mode="embedded",
        database_url=migrated_url,
        token_issuer="i.test",
        jwks_url="https://i.test",
        evidence_dir=tmp_path_factory.mktemp("evidence"),
    )
    return application(settings)


@pytest.fixture(scope="session")
def built(app: FastAPI) -> Dependencies:
    """What bootstrap has built for the routes."""
    dependencies: Dependencies = app.state.dependencies
    return dependencies


@pytest.fixture
def empty_service(app: FastAPI, built: Dependencies, engine: Engine, clock: Clock) -> Service:
    """The service before it has heard of anything."""
    app.state.dependencies = replace(
        built,
        authenticator=made_up_persons({name: {"population": "testers", **claims} for name, claims in PERSONS.items()}),
        clock=clock,
        unit_of_work=lambda: SqlUnitOfWork(engine, metadata, NAME, clock),
    )
    return Service(app, engine, clock)


@pytest.fixture
def service(empty_service: Service, framework: Framework) -> Service:
    """The service that knows the small framework and its register, with an open cycle."""
    empty_service.hear(published(framework), register(REGISTER))
    assert empty_service.open_cycle().status_code == 201
    return empty_service


@pytest.fixture
def shelf(service: Any, tmp_path: Path) -> Shelf:
    """Evidence with an empty folder."""
    made = Shelf(service, tmp_path / "evidence")
    made.use(store=FilesStore(made.folder, 10_000))
    return made


@pytest.fixture
def worker(service: Any, migrated_url: str) -> Worker:
    """A worker of this process."""
    return Worker(service, migrated_url)


@pytest.fixture
def worker_process(migrated_url: str) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts workers that can be killed."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", WORKER, migrated_url], env={**os.environ}))
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.wait(timeout=10)
