"""Evidence on the connection of the running transaction; and which files are known."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from submission_svc.adapters.db.evidence_tables import evidence, evidence_file
from submission_svc.application.queries.evidence_rows import one_evidence, present_evidence
from submission_svc.domain.evidence import Evidence, Received

_BYTES_EVER = text(
    "select coalesce(sum(size), 0) from evidence_file"
    " where id in (select file from evidence where submission = :submission)"
)


class SqlEvidence:
    """Evidence in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def present(self, submission: UUID, at: datetime | None = None) -> list[Evidence]:
        """What a submission has now, or had at a moment, by code and name."""
        return present_evidence(self._connection, submission, at)

    def find(self, submission: UUID, number: UUID) -> Evidence | None:
        """One of a submission, also when it was taken away."""
        return one_evidence(self._connection, submission, number)

    def bytes_ever(self, submission: UUID) -> int:
        """The size of all files that a submission has, or ever had."""
        return int(self._connection.execute(_BYTES_EVER, {"submission": submission}).scalar_one())

    def file(self, population: str, administration: str, received: Received, at: datetime) -> tuple[UUID, bool]:
        """The file with this content of this administration, and whether it is new; never that of another one."""
        key = {"population": population, "administration": administration, "sha256": received.sha256}
        row = {"id": uuid4(), **key, "size": received.size, "stored_at": at}
        adding = upsert(evidence_file).values(row).on_conflict_do_nothing().returning(evidence_file.c.id)
        added: UUID | None = self._connection.execute(adding).scalar_one_or_none()
        if added is not None:
            return added, True
        wanted = select(evidence_file.c.id).filter_by(**key)
        return self._connection.execute(wanted).scalar_one(), False

    def add(self, submission: UUID, added: Evidence, by: str) -> None:
        """Keep that a file stands for a code."""
        row = {
            "id": added.id,
            "submission": submission,
            "about": added.about,
            "name": added.name,
            "media_type": added.media_type,
            "file": added.file,
            "added_by": by,
            "since": added.since,
        }
        self._connection.execute(insert(evidence).values(row))

    def end(self, number: UUID, at: datetime) -> None:
        """Keep that it does so no longer."""
        self._connection.execute(update(evidence).where(evidence.c.id == number).values(until=at))


def known_files(connection: Connection, files: Collection[UUID]) -> set[UUID]:
    """Those of the files that the database knows."""
    wanted = select(evidence_file.c.id).where(evidence_file.c.id.in_(files))
    return set(connection.execute(wanted).scalars())
