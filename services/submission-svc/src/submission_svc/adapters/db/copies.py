"""The service's own copies of frameworks and registers, on the connection of the running transaction."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, delete, exists, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from framework_spec.document import Framework
from submission_svc.adapters.db import tables
from submission_svc.domain.copies import FrameworkCopy, RegisterCopy
from submission_svc.domain.cycle import Cycle


class SqlFrameworks:
    """Copies of published framework versions; immutable, so the first copy stays, and gets the day that it lacks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, code: str, version: str) -> FrameworkCopy | None:
        """The version without its document, or None."""
        table = tables.framework
        wanted = select(*_columns()).where(table.c.code == code, table.c.version == version)
        row = self._connection.execute(wanted).one_or_none()
        return None if row is None else FrameworkCopy(*row)

    def newest(self, code: str) -> FrameworkCopy | None:
        """The version published last of those that are not retired, or None."""
        table = tables.framework
        in_use = select(*_columns()).where(table.c.code == code, table.c.retired_at.is_(None))
        latest_first = in_use.order_by(table.c.published_at.desc().nulls_last(), table.c.version.desc())
        row = self._connection.execute(latest_first.limit(1)).one_or_none()
        return None if row is None else FrameworkCopy(*row)

    def usable(self) -> list[tuple[str, str]]:
        """Code and version of all that may have new cycles, the version published last first."""
        table = tables.framework
        fit = select(table.c.code, table.c.version).where(table.c.purpose == "scoring", table.c.retired_at.is_(None))
        latest_first = fit.order_by(table.c.published_at.desc().nulls_last(), table.c.version.desc())
        return [(row.code, row.version) for row in self._connection.execute(latest_first)]

    def retire(self, digest: str, at: datetime) -> None:
        """Note that a version is retired; one that is not known is none of ours."""
        table = tables.framework
        self._connection.execute(update(table).where(table.c.digest == digest).values(retired_at=at))

    def document(self, digest: str) -> Framework:
        """The document of a version that is known."""
        table = tables.framework
        stored = self._connection.execute(select(table.c.document).where(table.c.digest == digest)).scalar_one()
        return Framework.model_validate_json(stored)

    def add(self, framework: FrameworkCopy, document: Mapping[str, Any]) -> None:
        """Keep a version; one that is there already stays as it is, but for a day of publication that was not kept."""
        table = tables.framework
        row = {
            "code": framework.code,
            "version": framework.version,
            "digest": framework.digest,
            "purpose": framework.purpose,
            "population": framework.population,
            "published_at": framework.published_at,
            "document": json.dumps(document, ensure_ascii=False),
        }
        self._connection.execute(upsert(table).values(row).on_conflict_do_nothing())
        undated = update(table).where(table.c.digest == framework.digest, table.c.published_at.is_(None))
        self._connection.execute(undated.values(published_at=framework.published_at))


def _columns() -> list[Column[Any]]:
    """Those of a FrameworkCopy, in its order."""
    return [tables.framework.c[each.name] for each in fields(FrameworkCopy)]


def _members(cycle: Cycle) -> Select[str]:
    """Codes of members; a register without days has them for ever."""
    table = tables.administration
    return select(table.c.code).where(
        table.c.population == cycle.population,
        or_(table.c.valid_from.is_(None), table.c.valid_from <= cycle.closes_on),
        or_(table.c.valid_until.is_(None), table.c.valid_until > cycle.opens_on),
    )


class SqlPopulations:
    """Copies of registers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def exists(self, code: str) -> bool:
        """Whether the register is known."""
        wanted = select(exists().where(tables.population.c.code == code))
        return bool(self._connection.execute(wanted).scalar_one())

    def has(self, cycle: Cycle, administration: str) -> bool:
        """Whether the administration is a member of the cycle's population on a day of its window."""
        wanted = select(exists(_members(cycle).where(tables.administration.c.code == administration)))
        return bool(self._connection.execute(wanted).scalar_one())

    def members(self, cycle: Cycle) -> frozenset[str]:
        """The codes of all administrations that are members on a day of the cycle's window."""
        return frozenset(self._connection.execute(_members(cycle)).scalars())

    def save(self, register: RegisterCopy) -> None:
        """Keep the register unless a newer one is there."""
        table = tables.population
        row = {
            "code": register.code,
            "name": register.name,
            "regions": register.regions,
            "groups": register.groups,
            "changed_at": register.changed_at,
        }
        statement = upsert(table).values(row)
        newer = statement.on_conflict_do_update(
            index_elements=["code"],
            set_={name: statement.excluded[name] for name in ("name", "regions", "groups", "changed_at")},
            where=table.c.changed_at <= statement.excluded.changed_at,
        ).returning(table.c.code)
        if self._connection.execute(newer).one_or_none() is not None:
            self._replace_administrations(register)

    def _replace_administrations(self, register: RegisterCopy) -> None:
        table = tables.administration
        self._connection.execute(delete(table).where(table.c.population == register.code))
        names = [column.name for column in table.columns if column.name != "population"]
        rows = [
            {"population": register.code, **{name: each[name] for name in names}} for each in register.administrations
        ]
        if rows:
            self._connection.execute(insert(table), rows)
