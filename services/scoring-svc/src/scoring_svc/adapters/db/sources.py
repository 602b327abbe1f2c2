"""Copies of frameworks, registers, cycles and submissions, on the connection of the running transaction."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, and_, cast, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from framework_spec.document import Framework
from scoring_svc.adapters.db import tables
from scoring_svc.application.bounded_cache import BoundedCache
from scoring_svc.domain.cycle import Cycle, CycleState, StatusChange
from scoring_svc.domain.submission import ACCEPTED, SUBMITTED, Submission

SOURCES_LOCK = 7_305_210  # any number: advisory locks are per database
FACTS = ("code", "framework", "framework_version", "framework_digest", "population", "reporting_year", "is_rehearsal")


class SqlFrameworks:
    """Framework versions in PostgreSQL; read documents are remembered, because they never change."""

    def __init__(self, connection: Connection, known: BoundedCache[str, Framework]) -> None:
        self._connection = connection
        self._known = known

    def add(self, digest: str, document: Mapping[str, Any]) -> bool:
        """Keep a version; True when it is new here."""
        row = {"digest": digest, "code": document["code"], "version": document["version"], "document": document}
        statement = insert(tables.framework).values(row).on_conflict_do_nothing().returning(tables.framework.c.digest)
        return self._connection.execute(statement).first() is not None

    def find(self, digest: str) -> Framework | None:
        """The version with that digest, or None while it has not arrived."""
        known = self._known.get(digest)
        if known is not None:
            return known
        wanted = select(tables.framework.c.document).where(tables.framework.c.digest == digest)
        document = self._connection.execute(wanted).scalar_one_or_none()
        return None if document is None else self._known.put(digest, Framework.model_validate(document))


class SqlRegisters:
    """Registers in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, population: str, regions: Mapping[str, str | None], at: datetime) -> bool:
        """Keep a register unless a later one is here; True when something changed."""
        table = tables.register
        ordered = dict(sorted(regions.items()))
        statement = insert(table).values(population=population, regions=ordered, changed_at=at)
        given = statement.excluded
        differs = cast(table.c.regions, Text) != cast(given.regions, Text)
        saved = statement.on_conflict_do_update(
            index_elements=["population"],
            set_={"regions": given.regions, "changed_at": given.changed_at},
            where=and_(table.c.changed_at <= given.changed_at, differs),
        )
        return self._connection.execute(saved.returning(table.c.population)).first() is not None

    def regions(self, population: str) -> Mapping[str, str | None] | None:
        """The register, or None while it has not arrived."""
        wanted = select(tables.register.c.regions).where(tables.register.c.population == population)
        regions: dict[str, str | None] | None = self._connection.execute(wanted).scalar_one_or_none()
        return regions


class SqlCycles:
    """Cycles in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock_sources(self, *, changing: bool) -> None:
        """Keep frameworks and registers as they are until the end, or be alone in changing them.

        Without it, a framework and a submission that arrive at the same time in two workers would not see each other.
        """
        function = "pg_advisory_xact_lock" if changing else "pg_advisory_xact_lock_shared"
        self._connection.execute(select(getattr(func, function)(SOURCES_LOCK)))

    def scored_by(self, digests: Collection[str], populations: Collection[str]) -> list[Cycle]:
        """The cycles that use one of the framework versions or populations."""
        table = tables.cycle
        matches = or_(table.c.framework_digest.in_(digests), table.c.population.in_(populations))
        rows = self._connection.execute(select(*(table.c[name] for name in FACTS)).where(matches))
        return [Cycle(**row) for row in rows.mappings()]

    def lock(self, cycles: Iterable[Cycle]) -> list[Cycle]:
        """Keep cycles that are not here yet, and lock all for this transaction; returns them as they are kept."""
        wanted = sorted(cycles, key=lambda cycle: cycle.code)
        if not wanted:
            return []
        table = tables.cycle
        rows = [cycle.as_dict() for cycle in wanted]
        self._connection.execute(insert(table).on_conflict_do_nothing(), rows)
        named = table.c.code.in_([cycle.code for cycle in wanted])
        facts = select(*(table.c[name] for name in FACTS)).where(named).order_by(table.c.code).with_for_update()
        return [Cycle(**row) for row in self._connection.execute(facts).mappings()]

    def state(self, cycle: str) -> CycleState:
        """Where a cycle stands."""
        table = tables.cycle
        wanted = select(table.c.status, table.c.last_run_id, table.c.announced_digest).where(table.c.code == cycle)
        return CycleState(**self._connection.execute(wanted).mappings().one())

    def set_status(self, change: StatusChange) -> None:
        """Note a change of status unless a later one is here."""
        table = tables.cycle
        is_news = or_(table.c.status_at.is_(None), table.c.status_at <= change.at)
        statement = update(table).where(table.c.code == change.cycle.code, is_news)
        self._connection.execute(statement.values(status=change.status, status_at=change.at))

    def note_run(self, cycle: str, run_id: int) -> None:
        """Remember the run that last changed a score."""
        self._connection.execute(update(tables.cycle).where(tables.cycle.c.code == cycle).values(last_run_id=run_id))

    def note_announced(self, cycle: str, digest: str) -> None:
        """Remember the scores for which the cycle was announced as complete."""
        statement = update(tables.cycle).where(tables.cycle.c.code == cycle)
        self._connection.execute(statement.values(announced_digest=digest))


class SqlSubmissions:
    """Submissions in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, submissions: Collection[Submission]) -> list[Submission]:
        """Keep what is newer than what is here; returns what was."""
        if not submissions:
            return []
        table = tables.submission
        statement = insert(table)
        taken = {each.name: statement.excluded[each.name] for each in table.c if each.name != "id"}
        newer = table.c.revision < statement.excluded.revision
        upsert = statement.on_conflict_do_update(index_elements=["id"], set_=taken, where=newer)
        rows = [vars(submission) for submission in submissions]
        kept = set(self._connection.execute(upsert.returning(table.c.id), rows).scalars())
        return [submission for submission in submissions if submission.id in kept]

    def scorable(self, cycle: str, administrations: Collection[str] | None) -> list[Submission]:
        """Those that are accepted, submitted or in force, of these administrations or (None) of all."""
        table = tables.submission
        counts = or_(table.c.status.in_([ACCEPTED, SUBMITTED]), table.c.in_force.is_not(None))
        wanted = select(table).where(table.c.cycle == cycle, counts)
        if administrations is not None:
            wanted = wanted.where(table.c.administration.in_(administrations))
        return [Submission(**row) for row in self._connection.execute(wanted).mappings()]

    def statuses(self, ids: Collection[str]) -> dict[str, tuple[str, int]]:
        """Status and revision by id."""
        if not ids:
            return {}
        rows = self._connection.execute(
            text("select id, status, revision from submission where id = any(:ids)"), {"ids": list(ids)}
        )
        return {row.id: (row.status, row.revision) for row in rows}
