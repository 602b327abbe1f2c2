"""An Apache Kafka node whatever the other tests run on, and a database with the plumbing tables."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, MetaData

from service_kit.clock import utc_now
from service_kit.database import UnitOfWork, build_engine
from service_kit.tables import service_metadata
from tests.kafka.apache_kafka import ApacheKafka, running_node


@pytest.fixture(scope="module")
def apache_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApacheKafka]:
    """A node for one module: what a stack has left in its topics would be news to the next stack."""
    with running_node(tmp_path_factory.mktemp("apache-kafka")) as node:
        yield node


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
