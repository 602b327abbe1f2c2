"""The outside event log in PostgreSQL. An advisory lock makes positions appear in the order in which they are given."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, or_, select, text
from sqlalchemy.dialects.postgresql import insert as upsert

from access_policy import LEVELS, Level
from reporting_svc.adapters.db import tables
from reporting_svc.application.outside.events import SCORE_RETRACTED, Draft
from reporting_svc.application.ports import Version

LOCK = 7_305_112  # any number that no lock of the kit has
CHANNEL = "outside_event"


class SqlOutsideLog:
    """The log, on the connection of the running transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_locked = False

    def lock(self) -> None:
        """From here to the commit nobody else appends."""
        if not self._is_locked:
            self._connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            self._is_locked = True

    def last(self, cycle: str, administration: str) -> dict[Level, Version]:
        """What was said last at each level at which anything was ever said.

        What was said at a level that is none any more is removed: it must not come back with the level.
        """
        table = tables.outside_version
        rows = self._connection.execute(
            select(table).where(table.c.cycle == cycle, table.c.administration == administration)
        ).all()
        if gone := {row.level for row in rows}.difference(LEVELS):
            self._forget(cycle, administration, gone)
        return {Level(row.level): _version(row) for row in rows if row.level not in gone}

    def remember(self, cycle: str, administration: str, said: Mapping[Level, Version]) -> None:
        """Keep what was said last."""
        rows = [
            {
                "cycle": cycle,
                "administration": administration,
                "level": level.value,
                "digest": version.digest,
                "event_id": version.event_id,
                "shown": sorted(version.shown),
                "region": version.region,
                "said_at": version.said_at,
            }
            for level, version in said.items()
        ]
        statement = upsert(tables.outside_version)
        changed = {name: statement.excluded[name] for name in ("digest", "event_id", "shown", "region", "said_at")}
        key = ["cycle", "administration", "level"]
        self._connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), rows)

    def purge(self, cycle: str, administration: str, level: Level, region: str | None) -> None:
        """Remove what the log holds of an administration at a level, but for retractions under other regions.

        They hold no values, and the office of a region that was left may not have read them yet.
        """
        table = tables.outside_event
        mine = and_(table.c.cycle == cycle, table.c.administration == administration, table.c.level == level.value)
        is_under_this_region = table.c.region.is_not_distinct_from(region)
        self._connection.execute(delete(table).where(mine, or_(table.c.type != SCORE_RETRACTED, is_under_this_region)))

    def _forget(self, cycle: str, administration: str, levels: Collection[str]) -> None:
        for table in (tables.outside_event, tables.outside_version):
            mine = and_(table.c.cycle == cycle, table.c.administration == administration, table.c.level.in_(levels))
            self._connection.execute(delete(table).where(mine))

    def append(self, drafts: Sequence[Draft]) -> None:
        """Give the drafts their positions, keep them, and ring the bell at commit."""
        self.lock()
        taken = text("select nextval(pg_get_serial_sequence('outside_event', 'position')) from generate_series(1, :n)")
        positions = sorted(self._connection.execute(taken, {"n": len(drafts)}).scalars())
        rows = [_row(draft, position) for draft, position in zip(drafts, positions, strict=True)]
        self._connection.execute(insert(tables.outside_event), rows)
        self._connection.execute(text(f"notify {CHANNEL}"))


def _version(row: Row[Any]) -> Version:
    return Version(row.digest, row.event_id, frozenset(row.shown), row.region, row.said_at)


def _row(draft: Draft, position: int) -> dict[str, object]:
    return {
        "position": position,
        "event_id": draft.id,
        "level": draft.level.value,
        "cycle": draft.cycle,
        "administration": draft.administration,
        "region": draft.region,
        "type": draft.type,
        "payload": draft.payload(position),
    }
