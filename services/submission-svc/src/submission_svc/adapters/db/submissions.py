"""Submissions and what they hold, on the connection of the running transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, Text, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert

from answer_intake.taken import Taken
from submission_svc.adapters.db import tables
from submission_svc.adapters.db.contents import write_taken
from submission_svc.application.queries.contents import read_content
from submission_svc.domain.content import Content, Written
from submission_svc.domain.disclosure import Disclosure
from submission_svc.domain.submission import Submission


class SqlSubmissions:
    """Submissions in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, cycle: str, administrations: Collection[str]) -> dict[str, Submission]:
        """The submissions that exist, by administration, as they are at this moment."""
        return self._found(_of(cycle, administrations))

    def lock(self, cycle: str, administrations: Collection[str]) -> dict[str, Submission]:
        """The submissions that exist, by administration, locked in one order so that two pushes never deadlock."""
        return self._found(_of(cycle, administrations).with_for_update())

    def _found(self, wanted: Select[Any]) -> dict[str, Submission]:
        return {row.administration: _submission(row) for row in self._connection.execute(wanted)}

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

    def content(self, submission: UUID, at: datetime | None = None) -> Content:
        """All answers and claims that hold now, or that held at a moment."""
        return read_content(self._connection, submission, at)

    def write(self, taken: Taken, ids: Mapping[str, UUID], at: datetime) -> dict[UUID, Written]:
        """Merge answers and claims into the submissions as of `at`; only what differs is written."""
        return write_taken(self._connection, taken, ids, at)

    def note_step(self, submission: Submission, actor: str, reason: str | None) -> None:
        """Keep for ever how far the submission has come with this change."""
        row = {
            "submission": submission.id,
            "changes": submission.changes,
            "status": submission.status,
            "in_force_at": submission.in_force_at,
            "at": submission.changed_at,
            "actor": actor,
            "reason": reason,
            "disclosure": submission.disclosure.as_dict(),
        }
        self._connection.execute(insert(tables.submission_step).values(row))


def _of(cycle: str, administrations: Collection[str]) -> Select[Any]:
    table = tables.submission
    wanted = bindparam("wanted", list(administrations), ARRAY(Text))
    mine = (table.c.cycle == cycle, table.c.administration == wanted.any_())
    return select(table).where(*mine).order_by(table.c.administration)


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
        "in_force_at": submission.in_force_at,
        "is_late": submission.is_late,
    }
