"""What is taken over from other services, in PostgreSQL, on the connection of the running transaction."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from reporting_svc.adapters.db import tables
from reporting_svc.application.facts import Cycle, CycleCount, CycleStage, Participation, Register


class SqlCatalogue:
    """Frameworks and registers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep_framework(self, code: str, version: str, digest: str, document: str) -> None:
        """Keep a published framework version; it never changes."""
        row = {"code": code, "version": version, "digest": digest, "document": document}
        self._connection.execute(upsert(tables.framework_version).values(row).on_conflict_do_nothing())

    def keep_register(self, register: Register) -> None:
        """Replace the register of a population unless a newer one is known."""
        if not self._is_newest(register):
            return
        for table in (tables.region, tables.administration):
            self._connection.execute(delete(table).where(table.c.population == register.population))
        regions = [
            {"population": register.population, "code": code, "name": name, "place": place}
            for place, (code, name) in enumerate(register.regions)
        ]
        administrations = [{"population": register.population, **vars(each)} for each in register.administrations]
        for table, rows in ((tables.region, regions), (tables.administration, administrations)):
            if rows:
                self._connection.execute(insert(table), rows)

    def regions(self, population: str, day: date) -> list[frozenset[str]]:
        """The members of each region on a day, and of none; empty while the register is not known."""
        table = tables.administration
        is_member = and_(
            or_(table.c.valid_from.is_(None), table.c.valid_from <= day),
            or_(table.c.valid_until.is_(None), table.c.valid_until > day),
        )
        members = select(func.array_agg(table.c.code)).where(table.c.population == population, is_member)
        held = members.group_by(table.c.region)
        return [frozenset(codes) for codes in self._connection.execute(held).scalars()]

    def _is_newest(self, register: Register) -> bool:
        """Note the time of the register; False when a newer one is known. Locks it for the rest of the transaction."""
        table = tables.register
        statement = upsert(table).values(population=register.population, changed_at=register.changed_at)
        newer = statement.on_conflict_do_update(
            index_elements=["population"],
            set_={"changed_at": statement.excluded.changed_at},
            where=table.c.changed_at <= statement.excluded.changed_at,
        )
        return self._connection.execute(newer.returning(table.c.population)).first() is not None


class SqlCycles:
    """Cycles, their counts, and who takes part."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, code: str) -> Cycle | None:
        """The cycle, or None."""
        row = self._connection.execute(select(tables.cycle).where(tables.cycle.c.code == code)).one_or_none()
        if row is None:
            return None
        return Cycle(
            code=row.code,
            name=row.name,
            framework=row.framework,
            framework_version=row.framework_version,
            population=row.population,
            reporting_year=row.reporting_year,
            is_rehearsal=row.is_rehearsal,
        )

    def add(self, cycle: Cycle) -> None:
        """Keep a cycle that was not known."""
        self._connection.execute(insert(tables.cycle).values(**vars(cycle)))

    def set_stage(self, code: str, name: dict[str, str] | None, stage: CycleStage) -> bool:
        """Keep where a cycle stands unless something newer is known; True when that is another status than before."""
        table = tables.cycle
        known = select(table.c.status, table.c.status_at).where(table.c.code == code).with_for_update()
        before = self._connection.execute(known).one()
        if before.status_at is not None and before.status_at > stage.status_at:
            return False
        values: dict[str, Any] = vars(stage) | ({"name": name} if name else {})
        self._connection.execute(update(table).where(table.c.code == code).values(**values))
        return bool(before.status != stage.status)

    def set_count(self, count: CycleCount) -> bool:
        """Keep the count unless a later run is known; whether it was kept."""
        table = tables.cycle_count
        statement = upsert(table).values(**vars(count))
        newer = statement.on_conflict_do_update(
            index_elements=["cycle"],
            set_=vars(count),
            where=table.c.run_id < statement.excluded.run_id,
        )
        return self._connection.execute(newer.returning(table.c.cycle)).first() is not None

    def set_participation(self, participation: Participation) -> None:
        """Keep how far an administration has come, unless something newer is known."""
        table = tables.participation
        statement = upsert(table).values(**vars(participation))
        newer = statement.on_conflict_do_update(
            index_elements=["cycle", "administration"],
            set_=vars(participation),
            where=table.c.revision < statement.excluded.revision,
        )
        self._connection.execute(newer)
