"""The bare read of a row: a lost connection is replaced without anybody noticing, a lost database is an error."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from scoring_svc.adapters.db.glance import DriverGlance
from service_kit.database import build_engine

ASK = "select %(number)s::int, pg_backend_pid()"


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """An engine of its own."""
    engine = build_engine(migrated_url)
    yield engine
    engine.dispose()


def test_it_gives_the_row_or_none(engine: Engine) -> None:
    glance = DriverGlance(engine)
    row = glance.one(ASK, {"number": 7})
    assert row is not None
    assert row[0] == 7
    assert glance.one("select 1 where false", {}) is None


def test_a_connection_that_was_lost_is_replaced(engine: Engine, scoring: object, migrated_url: str) -> None:
    glance = DriverGlance(engine)
    before = glance.one(ASK, {"number": 1})
    assert before is not None
    other = build_engine(migrated_url)
    with other.begin() as connection:
        connection.exec_driver_sql("select pg_terminate_backend(%(pid)s)", {"pid": before[1]})
    other.dispose()
    after = glance.one(ASK, {"number": 1})
    assert after is not None
    assert after[1] != before[1]


def test_a_lost_database_is_an_error_that_routes_know() -> None:
    glance = DriverGlance(build_engine("postgresql+psycopg://nobody:nothing@127.0.0.1:1/none"))
    with pytest.raises(OperationalError, match="connection"):
        glance.one(ASK, {"number": 1})
