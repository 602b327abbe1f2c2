"""Repositories of framework-svc on the connection of the running transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from framework_spec.document import Framework
from framework_svc.adapters.db import tables
from framework_svc.application.ports import AuditEntry
from framework_svc.domain.framework_version import FrameworkVersion, Retirement
from framework_svc.domain.population import Population


class SqlFrameworkVersions:
    """Published framework versions in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, code: str, version: str) -> FrameworkVersion | None:
        """The published version, locked for this transaction, or None."""
        table = tables.framework_version
        wanted = select(table).where(table.c.code == code, table.c.version == version).with_for_update()
        row = self._connection.execute(wanted).one_or_none()
        if row is None:
            return None
        document = Framework.model_validate_json(row.document)
        is_retired = row.retired_at is not None
        retirement = Retirement(row.retired_at, row.retired_by, row.retired_reason) if is_retired else None
        return FrameworkVersion(document, row.digest, row.published_at, row.published_by, retirement)

    def add(self, version: FrameworkVersion) -> None:
        """Keep a newly published version."""
        self._connection.execute(
            insert(tables.framework_version).values(
                code=version.document.code,
                version=version.document.version,
                digest=version.digest,
                purpose=version.document.purpose,
                population=version.document.population,
                document=version.document.canonical_json().decode(),
                published_at=version.published_at,
                published_by=version.published_by,
            )
        )

    def retire(self, version: FrameworkVersion, retirement: Retirement) -> None:
        """Keep the retirement of a version; nothing else of it ever changes."""
        table = tables.framework_version
        self._connection.execute(
            update(table)
            .where(table.c.code == version.document.code, table.c.version == version.document.version)
            .values(retired_at=retirement.at, retired_by=retirement.by, retired_reason=retirement.reason)
        )


class SqlPopulations:
    """Registers of populations in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, code: str) -> Population | None:
        """The register, locked for this transaction, or None."""
        table = tables.population
        row = self._connection.execute(select(table).where(table.c.code == code).with_for_update()).one_or_none()
        return None if row is None else Population.model_validate(row.register)

    def save(self, population: Population, told_on: date) -> None:
        """Keep the register in its present state, which the others are told as it is on that day."""
        values = {"name": population.name, "register": population.as_dict(), "told_on": told_on}
        statement = upsert(tables.population).values(code=population.code, **values)
        changed = {**values, "changed_at": func.now()}
        self._connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=changed))

    def not_told_since(self, day: date) -> list[tuple[Population, date]]:
        """The registers that were told on an earlier day last, each with that day, locked for this transaction."""
        table = tables.population
        wanted = select(table).where(table.c.told_on < day).order_by(table.c.code).with_for_update()
        return [(Population.model_validate(row.register), row.told_on) for row in self._connection.execute(wanted)]

    def save_told(self, code: str, day: date) -> None:
        """Keep the day of which the others know the register."""
        table = tables.population
        self._connection.execute(update(table).where(table.c.code == code).values(told_on=day))


class SqlAuditTrail:
    """The audit trail in PostgreSQL; entries are only ever added."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, actor: str, action: str, subject: str, detail: dict[str, Any]) -> None:
        """Add an entry, in the transaction of what it tells about."""
        row = {"actor": actor, "action": action, "subject": subject, "detail": detail}
        self._connection.execute(insert(tables.audit_entry).values(row))

    def since(self, subject: str, tags: Iterable[str], actions: str) -> list[AuditEntry]:
        """What was done with something after one of the tags was that of its state last."""
        table = tables.audit_entry
        of_it = (table.c.subject == subject, table.c.action.startswith(actions))
        read = select(func.max(table.c.id)).where(*of_it, table.c.detail["after"].as_string().in_(list(tags)))
        wanted = select(table).where(*of_it, table.c.id > read.scalar_subquery()).order_by(table.c.id).limit(100)
        return [AuditEntry(row.at, row.actor, row.action, row.detail) for row in self._connection.execute(wanted)]
