"""A database with the plumbing tables, and clients of the broker, for the kit's tests."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, MetaData

from service_kit.clock import utc_now
from service_kit.database import UnitOfWork, build_engine
from service_kit.settings import KafkaSettings
from service_kit.tables import service_metadata
from tests.support.embedded import Embedded


@pytest.fixture
def metadata() -> MetaData:
    """The plumbing tables."""
    return service_metadata()


@pytest.fixture
def engine(database_url: str, metadata: MetaData) -> Iterator[Engine]:
    """An engine on a database with the plumbing tables."""
    engine = build_engine(database_url)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def unit_of_work(engine: Engine, metadata: MetaData) -> Callable[[], UnitOfWork]:
    """Makes units of work of a service called `things-svc`."""
    return lambda: UnitOfWork(engine, metadata, "things-svc", utc_now)


@pytest.fixture
def kafka_settings(embedded_broker: Embedded) -> KafkaSettings:
    """The way to the broker."""
    return KafkaSettings(bootstrap=embedded_broker.settings.bootstrap, session_timeout_ms=3_000, fetch_max_wait_ms=100)
