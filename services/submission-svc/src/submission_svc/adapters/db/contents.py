"""Answers and claims on the connection of the running transaction: written without losing what they were before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from answer_intake.taken import AnswerKey, ClaimEntry, ClaimKey, Taken
from submission_svc.adapters.db.bulk import LARGE, write_many
from submission_svc.domain.content import Written

# The statements are the same whatever the number of rows. Rows that are as they were are left alone: nothing is written
# for them, not even a lock; the submission itself is locked already, so they cannot change meanwhile.
_PUSHED_ANSWERS = """
    with pushed as (
        select * from unnest(
            cast(:submissions as uuid[]), cast(:codes as text[]), cast(:years as int[]), cast(:states as text[]),
            cast(:numbers as float8[]), cast(:statuses as text[]), cast(:reasons as text[]),
            cast(:comments as text[]), cast(:periods as text[])
        ) as row(submission, input, year, state, value, status, reason, comment, period)
    )
"""
_END_ANSWERS = text(
    f"""
    {_PUSHED_ANSWERS}, ended as (
        update answer present set until = :at from pushed
         where (present.submission, present.input, present.year) = (pushed.submission, pushed.input, pushed.year)
           and present.until = 'infinity'
           and (present.state, present.value, present.status, present.reason, present.comment, present.period)
               is distinct from
               (pushed.state, pushed.value, pushed.status, pushed.reason, pushed.comment, pushed.period)
        returning present.submission
    )
    select submission, count(*) from ended group by submission
    """  # noqa: S608 - constant text
)
_ADD_ANSWERS = text(
    f"""
    {_PUSHED_ANSWERS}, added as (
        insert into answer (submission, input, year, state, value, status, reason, comment, period, since)
        select pushed.*, :at from pushed
          left join answer present
            on (present.submission, present.input, present.year) = (pushed.submission, pushed.input, pushed.year)
           and present.until = 'infinity'
         where present.submission is null
        returning submission
    )
    select submission, count(*) from added group by submission
    """  # noqa: S608 - constant text
)
_PUSHED_CLAIMS = """
    with pushed as (
        select * from unnest(
            cast(:submissions as uuid[]), cast(:codes as text[]), cast(:states as text[]), cast(:reasons as text[])
        ) as row(submission, kpi, state, reason)
    )
"""
_END_CLAIMS = text(
    f"""
    {_PUSHED_CLAIMS}, ended as (
        update claim present set until = :at from pushed
         where (present.submission, present.kpi) = (pushed.submission, pushed.kpi) and present.until = 'infinity'
           and (present.state, present.reason) is distinct from (pushed.state, pushed.reason)
        returning present.submission
    )
    select submission, count(*) from ended group by submission
    """  # noqa: S608 - constant text
)
_ADD_CLAIMS = text(
    f"""
    {_PUSHED_CLAIMS}, added as (
        insert into claim (submission, kpi, state, reason, since)
        select pushed.*, :at from pushed
          left join claim present
            on (present.submission, present.kpi) = (pushed.submission, pushed.kpi) and present.until = 'infinity'
         where present.submission is null
        returning submission
    )
    select submission, count(*) from added group by submission
    """  # noqa: S608 - constant text
)
_REMOVE_CLAIMS = text(
    """
    with unsaid as (
        select * from unnest(cast(:submissions as uuid[]), cast(:codes as text[])) as row(submission, kpi)
    ), ended as (
        update claim set until = :at from unsaid
         where (claim.submission, claim.kpi) = (unsaid.submission, unsaid.kpi) and claim.until = 'infinity'
        returning claim.submission
    )
    select submission, count(*) from ended group by submission
    """
)
_DELETE_ANSWERS = text(
    """
    with deleted as (
        select * from unnest(cast(:submissions as uuid[]), cast(:codes as text[]), cast(:years as int[]))
               as row(submission, input, year)
    ), ended as (
        update answer set until = :at from deleted
         where (answer.submission, answer.input, answer.year) = (deleted.submission, deleted.input, deleted.year)
           and answer.until = 'infinity'
        returning answer.submission
    )
    select submission, count(*) from ended group by submission
    """
)


def write_taken(connection: Connection, taken: Taken, ids: Mapping[str, UUID], at: datetime) -> dict[UUID, Written]:
    """Merge answers and claims into submissions as of `at`; only what differs is written."""
    written: dict[UUID, Written] = {}
    texts = {administration: str(number) for administration, number in ids.items()}
    if len(taken.answers) >= LARGE:
        written |= write_many(connection, taken.answers, ids, at)
    elif taken.answers:
        _replace(connection, (_END_ANSWERS, _ADD_ANSWERS), {**_answer_columns(taken, texts), "at": at}, written)
    if taken.made_claims:
        columns = {**_claim_columns(taken.made_claims, texts), "at": at}
        _replace(connection, (_END_CLAIMS, _ADD_CLAIMS), columns, written)
    if taken.removed_claims:
        columns = {**_removed_columns(taken.removed_claims, texts), "at": at}
        _end(connection, _REMOVE_CLAIMS, columns, written)
    if taken.deleted:
        columns = {**_deleted_columns(taken.deleted, texts), "at": at}
        _end(connection, _DELETE_ANSWERS, columns, written)
    return written


def _end(connection: Connection, statement: Any, columns: Mapping[str, Any], written: dict[UUID, Written]) -> None:
    for submission, count in connection.execute(statement, columns):
        written[submission] = written.get(submission, Written()) + Written(removed=count)


def _replace(
    connection: Connection, statements: tuple[Any, Any], columns: Mapping[str, Any], written: dict[UUID, Written]
) -> None:
    """End what is other than pushed, then add what does not hold yet; what was ended and added again was updated."""
    end, add = statements
    ended: dict[UUID, int] = dict(connection.execute(end, columns).all())
    for submission, count in connection.execute(add, columns):
        updated = ended.get(submission, 0)
        written[submission] = written.get(submission, Written()) + Written(count - updated, updated)


def _answer_columns(taken: Taken, ids: Mapping[str, str]) -> dict[str, Any]:
    administrations, codes, years = zip(*taken.answers, strict=True)
    _, states, numbers, comments, statuses, reasons, periods = zip(*taken.answers.values(), strict=True)
    return {
        "submissions": [ids[administration] for administration in administrations],
        "codes": list(codes),
        "years": list(years),
        "states": list(states),
        "numbers": list(numbers),
        "statuses": list(statuses),
        "reasons": list(reasons),
        "comments": list(comments),
        "periods": list(periods),
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


def _deleted_columns(deleted: Iterable[AnswerKey], ids: Mapping[str, str]) -> dict[str, Any]:
    keys = list(deleted)
    return {
        "submissions": [ids[administration] for administration, _, _ in keys],
        "codes": [code for _, code, _ in keys],
        "years": [year for _, _, year in keys],
    }


def _removed_columns(claims: Sequence[ClaimKey], ids: Mapping[str, str]) -> dict[str, Any]:
    return {
        "submissions": [ids[administration] for administration, _ in claims],
        "codes": [code for _, code in claims],
    }
