"""Connections for reads of a single statement, which needs no snapshot: one round trip instead of three."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine


class GlanceReader:
    """Gives connections on which every statement stands alone. A statement sees one state of the data by itself."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection without a transaction around its statements."""
        with self._engine.connect() as connection:
            yield connection
