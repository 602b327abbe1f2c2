"""What a worker does with jobs outside the transaction of the push itself: each call is a transaction of its own."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import psycopg
from sqlalchemy import Engine

from submission_svc.adapters.db.jobs import CHANNEL, SqlJobs
from submission_svc.domain.job import Outcome, Progress, TakenJob


class SqlJobQueue:
    """The queue in PostgreSQL."""

    def __init__(self, engine: Engine, dsn: str) -> None:
        self._engine = engine
        self._dsn = dsn

    def take(self, worker: UUID, lease_seconds: float, now: datetime) -> TakenJob | None:
        """The next job, leased to this worker; None when there is none."""
        with self._engine.begin() as connection:
            return SqlJobs(connection).take(worker, lease_seconds, now)

    def renew(self, job: UUID, worker: UUID, lease_seconds: float, progress: Progress) -> bool | None:
        """Keep the job, and tell how far it is; whether it is to be cancelled, or None when it is no longer ours."""
        with self._engine.begin() as connection:
            return SqlJobs(connection).renew(job, worker, lease_seconds, progress)

    def release(self, job: UUID, worker: UUID, wait_seconds: float, *, is_counted: bool) -> None:
        """Give the job to whoever takes it next, after some time."""
        with self._engine.begin() as connection:
            SqlJobs(connection).release(job, worker, wait_seconds, is_counted=is_counted)

    def end(self, job: UUID, worker: UUID, outcome: Outcome, at: datetime) -> None:
        """Bring a job to its end that has changed nothing.

        Raises:
            LeaseLostError: the worker no longer holds it.
        """
        with self._engine.begin() as connection:
            SqlJobs(connection).end(job, outcome, at, worker)

    def finish(self, job: UUID, worker: UUID, workbook: bytes | None, at: datetime) -> None:
        """Bring a job to the end that its push had, with or without its marked workbook.

        Raises:
            LeaseLostError: as `end`.
        """
        with self._engine.begin() as connection:
            SqlJobs(connection).finish(job, workbook, at, worker)

    def sweep(self, before: datetime) -> int:
        """Delete jobs that ended before a moment, with all that is kept of them; how many they were."""
        with self._engine.begin() as connection:
            return SqlJobs(connection).sweep(before)

    @contextmanager
    def listening(self) -> Iterator[Callable[[float], None]]:
        """Hear of queued jobs: what is given waits until one is, or for so many seconds.

        Raises:
            psycopg.Error: the database is away.
        """
        with psycopg.connect(self._dsn, autocommit=True, connect_timeout=3) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            # Generators are run to their end: leaving one early would leave the connection unusable.
            yield lambda seconds: deque(connection.notifies(timeout=seconds, stop_after=1), maxlen=0).clear()
