"""Holds a job while it is worked off: renews the lease, tells how far it is, and notices when it is to end."""

import threading
from collections.abc import Collection
from typing import Any, Self

import structlog
from sqlalchemy.exc import SQLAlchemyError

from answer_intake.findings import Finding
from service_kit.clock import Clock
from submission_svc.application.ports.jobs import JobQueue
from submission_svc.domain.job import (
    JobCancelledError,
    LeaseLostError,
    Outcome,
    Progress,
    Stage,
    TakenJob,
    WorkerStopsError,
)

log = structlog.get_logger()
BEATS_SECONDS = 0.5


class Lease:
    """The watch of one job. Its thread writes to the queue; the push only ever looks at what the thread has found."""

    def __init__(self, queue: JobQueue, job: TakenJob, seconds: float, stop: threading.Event, clock: Clock) -> None:
        self._queue, self._job, self._seconds = queue, job, seconds
        self._stop, self._clock = stop, clock
        self._progress = job.beginning
        self._changed, self._ended = threading.Event(), threading.Event()
        self._is_lost = self._is_cancelled = False
        self._thread = threading.Thread(target=self._beat, name="job-lease", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._changed.set()
        self._thread.join(timeout=5)

    def stage(self, stage: Stage, rows: int | None = None) -> None:
        """A stage begins.

        Raises:
            JobStoppedError: the job is to end here.
        """
        self._progress = Progress(stage, 0, rows)
        self._changed.set()
        self._look()

    def advance(self, rows: int) -> None:
        """So many rows are done; raises as `stage`."""
        present = self._progress
        done = rows if present.rows_total is None else min(rows, present.rows_total)
        self._progress = Progress(present.stage, done, present.rows_total)
        self._look()

    def settle(self, uow: Any, answer: str, findings: Collection[Finding], rows: int) -> None:
        """End the job in the transaction of its push; from here on that can no longer be cancelled.

        Raises:
            JobStoppedError: it has been cancelled, or another worker holds it now.
        """
        self._look()
        self._ended.set()
        outcome = Outcome("done", 200, answer, findings, rows, self._job.request.is_workbook and bool(findings))
        uow.jobs.end(self._job.request.id, outcome, self._clock(), self._job.worker)

    def _look(self) -> None:
        if self._is_lost:
            raise LeaseLostError(str(self._job.request.id))
        if self._is_cancelled:
            raise JobCancelledError(str(self._job.request.id))
        if self._stop.is_set():
            raise WorkerStopsError(str(self._job.request.id))

    def _beat(self) -> None:
        while not self._ended.is_set():
            self._changed.clear()
            try:
                asked = self._queue.renew(self._job.request.id, self._job.worker, self._seconds, self._progress)
            except SQLAlchemyError as error:  # the push will notice itself; until then the lease runs on
                log.warning("job_lease_not_renewed", job=str(self._job.request.id), error=type(error).__name__)
                self._ended.wait(BEATS_SECONDS)
                continue
            self._is_lost, self._is_cancelled = asked is None, bool(asked)
            self._changed.wait(BEATS_SECONDS)
