"""Whether a database is there: one whose connections are all in use is."""

from sqlalchemy import QueuePool, create_engine

from service_kit.database import is_reachable


def test_a_database_whose_connections_are_all_in_use_is_there() -> None:
    engine = create_engine("sqlite://", pool_size=1, max_overflow=0, pool_timeout=0.01, poolclass=QueuePool)
    with engine.connect():
        assert is_reachable(engine)


def test_a_database_that_nobody_runs_is_not() -> None:
    assert not is_reachable(create_engine("postgresql+psycopg://127.0.0.1:1/none", connect_args={"connect_timeout": 1}))
