"""Cycles and the audit trail on the connection of the running transaction."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from submission_svc.adapters.db import tables
from submission_svc.domain.cycle import Cycle


class SqlCycles:
    """Cycles in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, cycle: Cycle) -> bool:
        """Keep a new cycle; False when its code is taken."""
        statement = upsert(tables.cycle).values(asdict(cycle)).on_conflict_do_nothing().returning(tables.cycle.c.code)
        return self._connection.execute(statement).one_or_none() is not None

    def find(self, code: str) -> Cycle | None:
        """The cycle, held against being closed while this transaction runs, or None."""
        wanted = select(tables.cycle).where(tables.cycle.c.code == code).with_for_update(read=True)
        return _cycle(self._connection.execute(wanted).one_or_none())

    def find_to_change(self, code: str) -> Cycle | None:
        """The cycle, locked for this transaction, or None."""
        wanted = select(tables.cycle).where(tables.cycle.c.code == code).with_for_update()
        return _cycle(self._connection.execute(wanted).one_or_none())

    def save(self, cycle: Cycle) -> None:
        """Keep the cycle in its present state."""
        table = tables.cycle
        self._connection.execute(update(table).where(table.c.code == cycle.code).values(asdict(cycle)))


def _cycle(row: Row[Any] | None) -> Cycle | None:
    return None if row is None else Cycle(**row._mapping)


class SqlAuditTrail:
    """The audit trail in PostgreSQL; entries are only ever added, and never hold values."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, actor: str, action: str, subject: str, detail: dict[str, Any]) -> None:
        """Add an entry, in the transaction of what it tells about."""
        self.record_many(actor, action, {subject: detail})

    def record_many(self, actor: str, action: str, entries: Mapping[str, dict[str, Any]]) -> None:
        """Add an entry for each subject."""
        rows = [
            {"actor": actor, "action": action, "subject": subject, "detail": detail}
            for subject, detail in entries.items()
        ]
        self._connection.execute(insert(tables.audit_entry), rows)
