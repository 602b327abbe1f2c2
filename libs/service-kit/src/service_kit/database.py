"""The database: one engine, read-only connections for queries, and the unit of work for writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, insert, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.schema import MetaData

from service_kit.clock import Clock
from service_kit.envelope import Envelope, NewEvent


def build_engine(url: str, *, pool_size: int = 10) -> Engine:
    """An engine with bounded waits: a lost database is an error after seconds, not a hang."""
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=10,
        pool_timeout=5,
        pool_pre_ping=False,
        pool_recycle=1800,
        hide_parameters=True,  # an error's text goes into logs, and parameters are payload
        connect_args={"connect_timeout": 3, "options": "-c statement_timeout=30000 -c lock_timeout=10000"},
    )


class Reader:
    """Read-only connections. A query takes a reader and can therefore never write."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """One read-only snapshot, for all statements of one answer."""
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._engine.connect() as connection:
            connection.execution_options(**options)
            yield connection


class UnitOfWork:
    """One transaction: state and the events about it are committed together or not at all.

    Leaving the block without `commit()` rolls everything back.
    """

    def __init__(self, engine: Engine, metadata: MetaData, source: str, clock: Clock) -> None:
        self._engine = engine
        self._outbox = metadata.tables["outbox"]
        self._source = source
        self._clock = clock
        self._events: list[NewEvent] = []
        self._connection: Connection | None = None

    @property
    def connection(self) -> Connection:
        """The connection of the running transaction."""
        if self._connection is None:
            raise RuntimeError("A unit of work is used inside its `with` block only.")
        return self._connection

    def __enter__(self) -> Self:
        self._events = []
        self._connection = self._engine.connect()
        self._connection.begin()
        self.bind(self._connection)
        return self

    def __exit__(self, *_: object) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def bind(self, connection: Connection) -> None:
        """Hook for services: make repositories on the transaction's connection."""

    def publish(self, *events: NewEvent) -> None:
        """Remember events; they are written with the state at commit."""
        self._events.extend(events)

    def commit(self) -> None:
        """Write the events into the outbox, wake the relay and commit."""
        if self._events:
            now = self._clock()
            rows = [_outbox_row(event, event.envelope(self._source, now)) for event in self._events]
            self.connection.execute(insert(self._outbox), rows)
            self.connection.execute(text("select pg_notify('outbox', '')"))
            self._events = []
        self.connection.commit()


def _outbox_row(event: NewEvent, envelope: Envelope) -> dict[str, object]:
    return {
        "event_id": event.id,
        "topic": event.topic,
        "key": event.key,
        "payload": envelope.model_dump_json(),
        "occurred_at": envelope.time,
    }


def is_reachable(engine: Engine) -> bool:
    """Whether the database answers at the moment.

    That all connections are in use is no reason to say no: whoever sends requests elsewhere for it denies them to all.
    """
    try:
        with engine.connect() as connection:
            connection.execute(text("select 1"))
    except PoolTimeoutError:
        return True
    except SQLAlchemyError:
        return False
    return True


def is_database_away(error: Exception) -> bool:
    """Whether the error says that the database is not there, and not that it refused what was asked.

    Connection errors have no SQLSTATE or one of class 08; 57P01 to 57P03 say that the server stops or starts. A
    statement timeout, a full disk or a deadlock is an answer: waiting for ever would not change it.
    """
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(error, OperationalError) and state is None:
        return True
    return error.connection_invalidated or (state is not None and state.startswith(("08", "57P")))
