"""framework-svc on a real PostgreSQL, asked through HTTP by made-up persons."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine, delete, text

from framework_svc.adapters.db.tables import metadata
from framework_svc.bootstrap import process
from framework_svc.bootstrap.api import application
from framework_svc.bootstrap.loading import load_shipped
from framework_svc.settings import Settings
from service_kit import migrations
from service_kit.database import build_engine
from tests.support.embedded import Embedded
from tests.support.persons import made_up_persons

PERSONS: dict[str, dict[str, Any]] = {
    "secretariat": {"roles": ["secretariat"]},
    "contact-ken": {"roles": ["contact_point"], "administration": "KEN"},
}


class Service:
    """framework-svc, as a person asks it and as the database shows it."""

    def __init__(self, app: FastAPI, engine: Engine, settings: Settings) -> None:
        self._client = TestClient(app, raise_server_exceptions=False)
        self.app, self.engine, self.settings = app, engine, settings

    def call(self, method: str, path: str, person: str | None = None, **options: Any) -> Response:
        """Ask; the path is below /api/v1."""
        headers = {**options.pop("headers", {}), **({"authorization": f"Bearer {person}"} if person else {})}
        return self._client.request(method, f"/api/v1{path}", headers=headers, **options)

    def publish(self, document: str, person: str | None = "secretariat") -> Response:
        """Publish a document in YAML."""
        kind = {"content-type": "application/yaml"}
        return self.call("POST", "/frameworks", person, content=document, headers=kind)

    def rows(self, statement: str) -> list[Any]:
        """What the database holds."""
        with self.engine.connect() as connection:
            return list(connection.execute(text(statement)))

    def events(self) -> list[dict[str, Any]]:
        """The events in the outbox, in order."""
        return [json.loads(row.payload) for row in self.rows("select payload from outbox order by id")]


@pytest.fixture(scope="session")
def migrated_url(embedded_postgres: Embedded) -> Iterator[str]:
    """A database that the migrations have made."""
    with embedded_postgres.database() as url:
        migrations.upgrade(process.migrations, url)
        yield url


@pytest.fixture
def service(migrated_url: str) -> Iterator[Service]:
    """The service with its shipped data and nothing else."""
    settings = Settings(mode="embedded", database_url=migrated_url, token_issuer="i.test", jwks_url="https://i.test")
    engine = build_engine(migrated_url)
    with engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))  # the audit trail forbids deleting
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
    load_shipped(settings)
    app = application(settings)
    persons = made_up_persons(PERSONS)
    app.state.dependencies = replace(app.state.dependencies, authenticator=persons)
    yield Service(app, engine, settings)
    engine.dispose()
