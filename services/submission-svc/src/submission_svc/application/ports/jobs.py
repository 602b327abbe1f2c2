"""What jobs need from outside."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from submission_svc.domain.job import JobNow, JobRequest, Outcome, Progress, TakenJob


class Jobs(Protocol):
    """Jobs, in the transaction of a unit of work."""

    def lock(self, cycle: str, administration: str) -> None:
        """Let nobody else queue jobs of the administration in the cycle while this transaction runs."""

    def waiting(self, cycle: str, administration: str) -> tuple[int, int]:
        """How many jobs of an administration wait or run, and the bytes of their files."""

    def forget(self, cycle: str, administration: str) -> None:
        """Delete the oldest jobs that have ended, where they are too many or too large."""

    def add(self, request: JobRequest, body: bytes) -> None:
        """Queue a job, and wake the workers when the transaction is committed."""

    def find_to_change(self, job: UUID, cycle: str, administration: str) -> JobNow | None:
        """A job, locked for this transaction; None when there is no such job."""

    def ask_to_cancel(self, job: UUID) -> None:
        """Tell the worker that has the job."""

    def end(self, job: UUID, outcome: Outcome, at: datetime, worker: UUID | None = None) -> None:
        """Bring a job to its end, or to its marking; refused with LeaseLostError when the worker no longer holds it."""

    def finish(self, job: UUID, workbook: bytes | None, at: datetime, worker: UUID | None = None) -> None:
        """Bring a job to the end that its push had, with or without its marked workbook; refused as by `end`."""


class JobQueue(Protocol):
    """What a worker does with jobs outside the transaction of the push itself."""

    def take(self, worker: UUID, lease_seconds: float, now: datetime) -> TakenJob | None:
        """The next job, leased to this worker; None when there is none."""

    def renew(self, job: UUID, worker: UUID, lease_seconds: float, progress: Progress) -> bool | None:
        """Keep the job, and tell how far it is; whether it is to be cancelled, or None when it is no longer ours."""

    def release(self, job: UUID, worker: UUID, wait_seconds: float, *, is_counted: bool) -> None:
        """Give the job to whoever takes it next, after some time."""

    def end(self, job: UUID, worker: UUID, outcome: Outcome, at: datetime) -> None:
        """As `Jobs.end`, of a job that has changed nothing."""

    def finish(self, job: UUID, worker: UUID, workbook: bytes | None, at: datetime) -> None:
        """As `Jobs.finish`."""

    def sweep(self, before: datetime) -> int:
        """Delete jobs that ended before a moment, with all that is kept of them; how many they were."""

    def listening(self) -> AbstractContextManager[Callable[[float], None]]:
        """Hear of queued jobs: what is given waits until one is, or for so many seconds."""
