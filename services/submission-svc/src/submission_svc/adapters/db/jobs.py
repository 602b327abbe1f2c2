"""Jobs on the connection of a running transaction: queued, taken by one worker at a time, and brought to their end.

A worker holds a job by a lease that it renews. Whoever ends a job must still hold it, in the very transaction of what
the job does: so it takes effect once, however many workers have had it in hand.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Uuid, bindparam, delete, func, insert, select, text, update

from submission_svc.adapters.db.job_tables import push_job, push_job_body, push_job_workbook
from submission_svc.domain.job import (
    MOST_KEPT,
    MOST_KEPT_BYTES,
    OPEN,
    JobNow,
    JobRequest,
    LeaseLostError,
    Outcome,
    Progress,
    StoredFindings,
    TakenJob,
    ToMark,
    packed,
)

CHANNEL = "push_job"
# There may be no row yet that could be locked.
_ALONE = text("select pg_advisory_xact_lock(hashtextextended('jobs/' || :cycle || '/' || :administration, 0))")
# The oldest job that nobody holds: it waits, or its worker has not been heard of for the time of its lease. Jobs of one
# administration are worked off in the order in which they came. One that has a status is pushed, and to be marked.
_TAKE = text(
    """
    update push_job set state = 'running', attempts = attempts + 1, rows_done = 0,
           stage = case when outcome_status is null then 'reading' else 'marking' end,
           rows_total = case when outcome_status is null then null else rows_total end,
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
              outcome_status, findings, errors_found, rows_total,
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
    update push_job set state = 'queued', leased_by = null, rows_done = 0,
           stage = case when outcome_status is null then 'queued' else 'marking' end,
           rows_total = case when outcome_status is null then null else rows_total end,
           leased_until = clock_timestamp() + make_interval(secs => :seconds), attempts = attempts - :uncounted
     where id = :id and leased_by = :worker and state = 'running'
    """
)
_FINISH = text(
    """
    update push_job set state = case when outcome_status = 200 then 'done' else 'failed' end,
           stage = case when outcome_status = 200 then 'done' else stage end,
           rows_done = coalesce(rows_total, 0), finished_at = :at, leased_by = null, leased_until = null
     where id = :id and outcome_status is not null and state in ('queued', 'running')
       and leased_by is not distinct from :worker
    returning id
    """
).bindparams(bindparam("worker", type_=Uuid))
# The latest job is kept, however large it is.
_FORGET = text(
    """
    delete from push_job where id in (
        select id from push_job where id in (
            select id from (
                select id, row_number() over latest as place,
                       sum(coalesce(octet_length(outcome), 0) + coalesce(octet_length(findings), 0)
                           + coalesce(octet_length(workbook), 0)) over latest as bytes
                  from push_job left join push_job_workbook on job = id
                 where cycle = :cycle and administration = :administration and state not in ('queued', 'running')
                window latest as (order by number desc)
            ) ended where place > :most or (bytes > :most_bytes and place > 1)
        ) for update skip locked
    )
    """
)


class SqlJobs:
    """Jobs in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, cycle: str, administration: str) -> None:
        """Let nobody else queue jobs of the administration in the cycle while this transaction runs."""
        self._connection.execute(_ALONE, {"cycle": cycle, "administration": administration})

    def waiting(self, cycle: str, administration: str) -> tuple[int, int]:
        """How many jobs of an administration wait or run, and the bytes of their files."""
        table = push_job
        mine = (table.c.cycle == cycle, table.c.administration == administration, table.c.state.in_(OPEN))
        found = self._connection.execute(select(func.count(), func.sum(table.c.body_bytes)).where(*mine)).one()
        return found[0], int(found[1] or 0)

    def forget(self, cycle: str, administration: str) -> None:
        """Delete the oldest jobs that have ended, where they are too many or too large."""
        bounds = {"most": MOST_KEPT, "most_bytes": MOST_KEPT_BYTES}
        self._connection.execute(_FORGET, {"cycle": cycle, "administration": administration, **bounds})

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

    def find_to_change(self, job: UUID, cycle: str, administration: str) -> JobNow | None:
        """A job, locked for this transaction; None when there is no such job."""
        table = push_job
        columns = (table.c.state, table.c.leased_by, table.c.outcome_status, table.c.is_cancel_asked)
        wanted = select(*columns, table.c.finished_at).where(
            table.c.id == job, table.c.cycle == cycle, table.c.administration == administration
        )
        row = self._connection.execute(wanted.with_for_update()).one_or_none()
        if row is None:
            return None
        is_held, is_pushed = row.leased_by is not None, row.outcome_status is not None
        return JobNow(row.state, is_held, is_pushed, row.is_cancel_asked, row.finished_at)

    def ask_to_cancel(self, job: UUID) -> None:
        """Tell the worker that has the job."""
        self._connection.execute(update(push_job).where(push_job.c.id == job).values(is_cancel_asked=True))

    def end(self, job: UUID, outcome: Outcome, at: datetime, worker: UUID | None = None) -> None:
        """Bring a job to its end, or to its marking.

        Raises:
            LeaseLostError: the worker that does it no longer holds the job.
        """
        table = push_job
        held = (table.c.leased_by == worker,) if worker is not None else ()
        ended = update(table).where(table.c.id == job, table.c.state.in_(OPEN), *held).values(_ended(outcome, at))
        if self._connection.execute(ended.returning(table.c.id)).one_or_none() is None:
            raise LeaseLostError(f"job {job}")
        if not outcome.is_to_be_marked:
            self._drop_body(job)

    def finish(self, job: UUID, workbook: bytes | None, at: datetime, worker: UUID | None = None) -> None:
        """Bring a job to the end that its push had, with or without its marked workbook.

        Raises:
            LeaseLostError: as `end`.
        """
        if self._connection.execute(_FINISH, {"id": job, "worker": worker, "at": at}).one_or_none() is None:
            raise LeaseLostError(f"job {job}")
        if workbook is not None:
            self._connection.execute(insert(push_job_workbook).values(job=job, workbook=workbook))
        self._drop_body(job)

    def _drop_body(self, job: UUID) -> None:
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
        """Delete jobs that ended before a moment, with all that is kept of them; how many they were."""
        return self._connection.execute(delete(push_job).where(push_job.c.finished_at < before)).rowcount


def _ended(outcome: Outcome, at: datetime) -> Mapping[str, Any]:
    ended: dict[str, Any] = {
        "outcome_status": outcome.status,
        "outcome": outcome.answer,
        "errors_found": sum(finding.severity == "error" for finding in outcome.findings),
        "findings": packed(outcome.findings) if outcome.findings else None,
        "leased_by": None,
        "leased_until": None,
    }
    if outcome.rows is not None:
        ended |= {"rows_done": outcome.rows, "rows_total": outcome.rows}
    if outcome.is_to_be_marked:
        return ended | {"stage": "marking", "rows_done": 0, "attempts": 0}
    return ended | {"state": outcome.state, "finished_at": at} | ({"stage": "done"} if outcome.state == "done" else {})


def _taken(row: Row[Any], worker: UUID) -> TakenJob:
    options = json.loads(row.request) if isinstance(row.request, str) else row.request
    request = JobRequest(row.id, row.cycle, row.administration, row.actor, options, row.created_at)
    is_pushed = row.outcome_status is not None
    to_mark = ToMark(StoredFindings(row.findings, row.errors_found), row.rows_total or 0) if is_pushed else None
    return TakenJob(request, bytes(row.body or b""), worker, row.attempts, to_mark)
