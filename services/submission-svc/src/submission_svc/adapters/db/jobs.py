"""Jobs on the connection of a running transaction: queued, taken by one worker at a time, and brought to their end.

A worker holds a job by a lease that it renews. Whoever ends a job must still hold it, in the very transaction of what
the job does: so it takes effect once, however many workers have had it in hand.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, func, insert, select, text, update

from submission_svc.adapters.db.job_tables import push_job, push_job_body
from submission_svc.domain.job import OPEN, JobRequest, LeaseLostError, Outcome, Progress, TakenJob, packed

CHANNEL = "push_job"
# The oldest job that nobody holds: it waits, or its worker has not been heard of for the time of its lease. Jobs of one
# administration are worked off in the order in which they came.
_TAKE = text(
    """
    update push_job set state = 'running', stage = 'reading', attempts = attempts + 1, rows_done = 0, rows_total = null,
           leased_by = :worker, leased_until = clock_timestamp() + make_interval(secs => :seconds),
           started_at = coalesce(started_at, :now)
     where id = (
        select id from push_job job
         where state in ('queued', 'running') and coalesce(leased_until, '-infinity') < clock_timestamp()
           and not exists (
               select 1 from push_job earlier
                where (earlier.cycle, earlier.administration) = (job.cycle, job.administration)
                  and earlier.state in ('queued', 'running') and earlier.number < job.number
           )
         order by number limit 1 for update skip locked
     )
    returning id, cycle, administration, actor, request, created_at, attempts,
              (select body from push_job_body where job = push_job.id) as body
    """
)
_RENEW = text(
    """
    update push_job set leased_until = clock_timestamp() + make_interval(secs => :seconds),
           stage = :stage, rows_done = :rows_done, rows_total = :rows_total
     where id = :id and leased_by = :worker and state = 'running' returning is_cancel_asked
    """
)
_RELEASE = text(
    """
    update push_job set state = 'queued', stage = 'queued', rows_done = 0, rows_total = null, leased_by = null,
           leased_until = clock_timestamp() + make_interval(secs => :seconds), attempts = attempts - :uncounted
     where id = :id and leased_by = :worker and state = 'running'
    """
)


class SqlJobs:
    """Jobs in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count_open(self, cycle: str, administration: str) -> int:
        """How many jobs of an administration wait or run."""
        table = push_job
        mine = (table.c.cycle == cycle, table.c.administration == administration, table.c.state.in_(OPEN))
        counted: int = self._connection.execute(select(func.count()).select_from(table).where(*mine)).scalar_one()
        return counted

    def add(self, request: JobRequest, body: bytes) -> None:
        """Queue a job, and wake the workers when the transaction is committed."""
        row = {
            "id": request.id,
            "cycle": request.cycle,
            "administration": request.administration,
            "actor": request.actor,
            "request": request.options,
            "body_bytes": len(body),
            "state": "queued",
            "stage": "queued",
            "created_at": request.created_at,
        }
        self._connection.execute(insert(push_job).values(row))
        self._connection.execute(insert(push_job_body).values(job=request.id, body=body))
        self._connection.execute(select(func.pg_notify(CHANNEL, "")))

    def state_to_change(self, job: UUID, cycle: str, administration: str) -> tuple[str, bool] | None:
        """State of a job, locked for this transaction, and whether a worker has it; None when there is no such job."""
        table = push_job
        wanted = select(table.c.state, table.c.leased_by.is_not(None)).where(
            table.c.id == job, table.c.cycle == cycle, table.c.administration == administration
        )
        row = self._connection.execute(wanted.with_for_update()).one_or_none()
        return None if row is None else (row[0], row[1])

    def ask_to_cancel(self, job: UUID) -> None:
        """Tell the worker that has the job."""
        self._connection.execute(update(push_job).where(push_job.c.id == job).values(is_cancel_asked=True))

    def end(self, job: UUID, outcome: Outcome, at: datetime, worker: UUID | None = None) -> None:
        """Bring a job to its end.

        Raises:
            LeaseLostError: the worker that does it no longer holds the job.
        """
        table = push_job
        held = (table.c.leased_by == worker,) if worker is not None else ()
        ended = update(table).where(table.c.id == job, table.c.state.in_(OPEN), *held).values(_ended(outcome, at))
        if self._connection.execute(ended.returning(table.c.id)).one_or_none() is None:
            raise LeaseLostError(f"job {job}")
        if not outcome.keeps_body:
            self._connection.execute(delete(push_job_body).where(push_job_body.c.job == job))

    def take(self, worker: UUID, lease_seconds: float, now: datetime) -> TakenJob | None:
        """The next job, leased to this worker; None when there is none."""
        row = self._connection.execute(_TAKE, {"worker": worker, "seconds": lease_seconds, "now": now}).one_or_none()
        return None if row is None else _taken(row, worker)

    def renew(self, job: UUID, worker: UUID, lease_seconds: float, progress: Progress) -> bool | None:
        """Keep the job, and tell how far it is; whether it is to be cancelled, or None when it is no longer ours."""
        values = {"id": job, "worker": worker, "seconds": lease_seconds, **vars(progress)}
        asked: bool | None = self._connection.execute(_RENEW, values).scalar_one_or_none()
        return asked

    def release(self, job: UUID, worker: UUID, wait_seconds: float, *, is_counted: bool) -> None:
        """Give the job to whoever takes it next, after some time; what is no fault of it is not counted."""
        uncounted = 0 if is_counted else 1
        self._connection.execute(
            _RELEASE, {"id": job, "worker": worker, "seconds": wait_seconds, "uncounted": uncounted}
        )

    def sweep(self, before: datetime) -> int:
        """Delete the files of jobs that ended before a moment; how many they were."""
        old = select(push_job.c.id).where(push_job.c.finished_at < before)
        return self._connection.execute(delete(push_job_body).where(push_job_body.c.job.in_(old))).rowcount


def _ended(outcome: Outcome, at: datetime) -> Mapping[str, Any]:
    ended: dict[str, Any] = {
        "state": outcome.state,
        "outcome_status": outcome.status,
        "outcome": outcome.answer,
        "errors_found": sum(finding.severity == "error" for finding in outcome.findings),
        "findings": packed(outcome.findings) if outcome.findings else None,
        "finished_at": at,
        "leased_by": None,
        "leased_until": None,
    }
    if outcome.state == "done":
        ended |= {"stage": "done", "rows_done": outcome.rows, "rows_total": outcome.rows}
    return ended


def _taken(row: Row[Any], worker: UUID) -> TakenJob:
    options = json.loads(row.request) if isinstance(row.request, str) else row.request
    request = JobRequest(row.id, row.cycle, row.administration, row.actor, options, row.created_at)
    return TakenJob(request, bytes(row.body or b""), worker, row.attempts)
