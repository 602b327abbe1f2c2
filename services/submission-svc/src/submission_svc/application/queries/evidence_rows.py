"""The rows of evidence, as commands and queries read them; who may see them is decided elsewhere."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.types import DateTime

from submission_svc.domain.evidence import Evidence

_COLUMNS = """
    select e.id, e.about, e.name, e.media_type, e.file, f.size, f.sha256, e.since, nullif(e.until, 'infinity') as until
      from evidence e join evidence_file f on f.id = e.file where e.submission = :submission
"""
_PRESENT = text(
    f'{_COLUMNS} and e.since <= :at and e.until > :at order by e.about collate "C", e.name collate "C", e.id'
).bindparams(bindparam("at", type_=DateTime(timezone=True)))
_ONE = text(f"{_COLUMNS} and e.id = :id")
_CODES = text("select distinct about from evidence where submission = :submission and until = 'infinity'")
NOW = datetime.max


def present_evidence(connection: Connection, submission: UUID, at: datetime | None = None) -> list[Evidence]:
    """What a submission has now, or had at a moment, by code and name."""
    rows = connection.execute(_PRESENT, {"submission": submission, "at": at or NOW})
    return [Evidence(**row._mapping) for row in rows]


def one_evidence(connection: Connection, submission: UUID, number: UUID) -> Evidence | None:
    """One of a submission, also when it was taken away."""
    row = connection.execute(_ONE, {"submission": submission, "id": number}).one_or_none()
    return None if row is None else Evidence(**row._mapping)


def evidence_codes(connection: Connection, submission: UUID) -> frozenset[str]:
    """The KPIs and inputs that have evidence now: `Answers.evidence` for the rules of a framework."""
    return frozenset(connection.execute(_CODES, {"submission": submission}).scalars())
