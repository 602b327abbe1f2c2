"""Fixtures for the tests of all packages: a real PostgreSQL and a real broker, started when first asked for."""

from collections.abc import Iterator

import pytest
import structlog

from tests.kafka.apache_kafka import ApacheKafka, is_wanted
from tests.support.embedded import Embedded


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    """Tracebacks in test logs stay short: the default spells all local variables out wherever rich is installed."""
    renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, renderer])


@pytest.fixture(scope="session")
def embedded_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """A running PostgreSQL; `with embedded_postgres.database() as url` makes a database in it."""
    embedded = Embedded(tmp_path_factory.mktemp("postgres"))
    try:
        embedded.start(embedded.postgres_parts())
        yield embedded
    finally:
        embedded.stop()


@pytest.fixture(scope="session")
def embedded_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """A running broker at `embedded_broker.settings.bootstrap`; `.kill("broker")` empties it, but not Apache Kafka."""
    kind = ApacheKafka if is_wanted() else Embedded
    embedded = kind(tmp_path_factory.mktemp("broker"))
    try:
        embedded.start(embedded.broker_parts())
        yield embedded
    finally:
        embedded.stop()


@pytest.fixture
def database_url(embedded_postgres: Embedded) -> Iterator[str]:
    """A new, empty database for one test."""
    with embedded_postgres.database() as url:
        yield url
