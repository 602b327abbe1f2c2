"""Submissions and what they hold, on the connection of the running transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Text, bindparam, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert

from submission_svc.adapters.db import tables
from submission_svc.domain.content import Answer, Claim, Content, Written
from submission_svc.domain.disclosure import Disclosure
from submission_svc.domain.push.taken import ClaimEntry, ClaimKey, Taken
from submission_svc.domain.submission import Submission

# One statement whatever the number of rows. Rows that are as they were are left out by the join: nothing is written
# for them, not even a lock; the submission itself is locked already, so they cannot change meanwhile.
_WRITE_ANSWERS = text(
    """
    with pushed as (
        select * from unnest(
            cast(:submissions as uuid[]), cast(:codes as text[]), cast(:years as int[]),
            cast(:states as text[]), cast(:numbers as float8[]), cast(:comments as text[])
        ) as row(submission, input, year, state, value, comment)
    ), written as (
        insert into answer (submission, input, year, state, value, comment)
        select pushed.* from pushed left join answer present using (submission, input, year)
        where present.submission is null
           or (present.state, present.value, present.comment)
              is distinct from (pushed.state, pushed.value, pushed.comment)
        on conflict (submission, input, year) do update
           set state = excluded.state, value = excluded.value, comment = excluded.comment
        returning submission, xmax = 0 as is_new
    )
    select submission, count(*) filter (where is_new), count(*) filter (where not is_new), 0
    from written group by submission
    """
)
_WRITE_CLAIMS = text(
    """
    with pushed as (
        select * from unnest(
            cast(:submissions as uuid[]), cast(:codes as text[]), cast(:states as text[]), cast(:reasons as text[])
        ) as row(submission, kpi, state, reason)
    ), written as (
        insert into claim (submission, kpi, state, reason)
        select pushed.* from pushed left join claim present using (submission, kpi)
        where present.submission is null
           or (present.state, present.reason) is distinct from (pushed.state, pushed.reason)
        on conflict (submission, kpi) do update set state = excluded.state, reason = excluded.reason
        returning submission, xmax = 0 as is_new
    )
    select submission, count(*) filter (where is_new), count(*) filter (where not is_new), 0
    from written group by submission
    """
)
_REMOVE_CLAIMS = text(
    """
    with unsaid as (
        select * from unnest(cast(:submissions as uuid[]), cast(:codes as text[])) as row(submission, kpi)
    ), removed as (
        delete from claim using unsaid where (claim.submission, claim.kpi) = (unsaid.submission, unsaid.kpi)
        returning claim.submission
    )
    select submission, 0, 0, count(*) from removed group by submission
    """
)


class SqlSubmissions:
    """Submissions in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, cycle: str, administrations: Collection[str]) -> dict[str, Submission]:
        """The submissions that exist, by administration, locked in one order so that two pushes never deadlock."""
        table = tables.submission
        wanted = bindparam("wanted", list(administrations), ARRAY(Text))
        rows = self._connection.execute(
            select(table)
            .where(table.c.cycle == cycle, table.c.administration == wanted.any_())
            .order_by(table.c.administration)
            .with_for_update()
        )
        return {row.administration: _submission(row) for row in rows}

    def start(self, cycle: str, administrations: Iterable[str], at: datetime) -> None:
        """Begin a draft for each administration that has none."""
        rows = [_row(Submission.start(cycle, administration, at)) for administration in sorted(administrations)]
        self._connection.execute(upsert(tables.submission).on_conflict_do_nothing(), rows)

    def save(self, submission: Submission) -> None:
        """Keep the submission in its present state."""
        table = tables.submission
        self._connection.execute(update(table).where(table.c.id == submission.id).values(_row(submission)))

    def touch(self, submissions: Sequence[UUID], at: datetime) -> None:
        """Note that their content changed, and when."""
        table = tables.submission
        changed = update(table).where(table.c.id.in_(submissions))
        self._connection.execute(changed.values(changed_at=at, changes=table.c.changes + 1))

    def content(self, submission: UUID) -> Content:
        """All answers and claims."""
        answer, claim = tables.answer, tables.claim
        answers = self._connection.execute(
            select(answer.c.input, answer.c.year, answer.c.state, answer.c.value, answer.c.comment)
            .where(answer.c.submission == submission)
            .order_by(answer.c.input.collate("C"), answer.c.year)
        )
        claims = self._connection.execute(
            select(claim.c.kpi, claim.c.state, claim.c.reason)
            .where(claim.c.submission == submission)
            .order_by(claim.c.kpi.collate("C"))
        )
        return Content(tuple(Answer(*row) for row in answers), tuple(Claim(*row) for row in claims))

    def write(self, taken: Taken, ids: Mapping[str, UUID]) -> dict[UUID, Written]:
        """Merge answers and claims into the submissions; only what differs is written."""
        written: dict[UUID, Written] = {}
        texts = {administration: str(number) for administration, number in ids.items()}
        if taken.answers:
            self._run(_WRITE_ANSWERS, _answer_columns(taken, texts), written)
        if taken.made_claims:
            self._run(_WRITE_CLAIMS, _claim_columns(taken.made_claims, texts), written)
        if taken.removed_claims:
            self._run(_REMOVE_CLAIMS, _removed_columns(taken.removed_claims, texts), written)
        return written

    def _run(self, statement: Any, columns: Mapping[str, Any], written: dict[UUID, Written]) -> None:
        for submission, created, updated, removed in self._connection.execute(statement, columns):
            written[submission] = written.get(submission, Written()) + Written(created, updated, removed)


def _answer_columns(taken: Taken, ids: Mapping[str, str]) -> dict[str, Any]:
    administrations, codes, years = zip(*taken.answers, strict=True)
    _, states, numbers, comments = zip(*taken.answers.values(), strict=True)
    return {
        "submissions": [ids[administration] for administration in administrations],
        "codes": list(codes),
        "years": list(years),
        "states": list(states),
        "numbers": list(numbers),
        "comments": list(comments),
    }


def _claim_columns(claims: Mapping[ClaimKey, ClaimEntry], ids: Mapping[str, str]) -> dict[str, Any]:
    administrations, codes = zip(*claims, strict=True)
    _, states, reasons = zip(*claims.values(), strict=True)
    return {
        "submissions": [ids[administration] for administration in administrations],
        "codes": list(codes),
        "states": list(states),
        "reasons": list(reasons),
    }


def _removed_columns(claims: Sequence[ClaimKey], ids: Mapping[str, str]) -> dict[str, Any]:
    return {
        "submissions": [ids[administration] for administration, _ in claims],
        "codes": [code for _, code in claims],
    }


def _submission(row: Row[Any]) -> Submission:
    stored = dict(row._mapping)
    return Submission(**{**stored, "disclosure": Disclosure.from_dict(stored["disclosure"])})


def _row(submission: Submission) -> dict[str, Any]:
    return {
        "id": submission.id,
        "cycle": submission.cycle,
        "administration": submission.administration,
        "status": submission.status,
        "revision": submission.revision,
        "changes": submission.changes,
        "disclosure": submission.disclosure.as_dict(),
        "return_reason": submission.return_reason,
        "started_at": submission.started_at,
        "changed_at": submission.changed_at,
        "submitted_at": submission.submitted_at,
        "accepted_at": submission.accepted_at,
    }
