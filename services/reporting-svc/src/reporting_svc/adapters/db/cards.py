"""Score cards in PostgreSQL: the card as it was made, and a row a node for what is aggregated over administrations."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, or_, select
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.dialects.postgresql import insert as upsert

from access_policy import Level
from reporting_svc.adapters.db import tables
from reporting_svc.application.facts import Retraction, ScoreCard


class SqlCards:
    """Score cards, on the connection of the running transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, card: ScoreCard) -> bool:
        """Keep a card unless something newer is known; whether it was kept.

        The same revision may be scored again, because the data of others changed; after a retraction it may not.
        """
        table = tables.score_card
        row = {**vars(card), "opens_at": _opens_at(card.card)}
        statement = upsert(table).values(row)
        same_again = and_(table.c.revision == statement.excluded.revision, table.c.digest.is_not(None))
        newer = statement.on_conflict_do_update(
            index_elements=["cycle", "administration"],
            set_=row,
            where=or_(table.c.revision < statement.excluded.revision, same_again),
        )
        if not self._has_effect(newer):
            return False
        self._drop_nodes(card.cycle, card.administration)
        rows = _node_rows(card)
        if rows:
            self._connection.execute(insert(tables.node_score), rows)
        return True

    def retract(self, retraction: Retraction) -> bool:
        """Drop a card unless something newer is known; whether it was dropped. Its revision stays known."""
        table = tables.score_card
        row = {
            "cycle": retraction.cycle,
            "administration": retraction.administration,
            "revision": retraction.revision,
            "digest": None,
            "card": None,
            "opens_at": None,
            "updated_at": retraction.retracted_at,
        }
        statement = upsert(table).values(row)
        not_older = statement.on_conflict_do_update(
            index_elements=["cycle", "administration"],
            set_=row,
            where=table.c.revision <= statement.excluded.revision,
        )
        if not self._has_effect(not_older):
            return False
        self._drop_nodes(retraction.cycle, retraction.administration)
        return True

    def of_cycle(self, cycle: str) -> Sequence[ScoreCard]:
        """All cards of a cycle, by administration."""
        table = tables.score_card
        present = and_(table.c.cycle == cycle, table.c.digest.is_not(None))
        wanted = select(table).where(present).order_by(table.c.administration)
        return [
            ScoreCard(row.cycle, row.administration, row.region, row.revision, row.digest, row.card, row.updated_at)
            for row in self._connection.execute(wanted)
        ]

    def region_of(self, cycle: str, administration: str) -> str | None:
        """The region that the last card of the administration named."""
        table = tables.score_card
        wanted = select(table.c.region).where(table.c.cycle == cycle, table.c.administration == administration)
        region: str | None = self._connection.execute(wanted).scalar_one_or_none()
        return region

    def forget(self, cycle: str) -> None:
        """Drop whatever is known of a cycle's scores."""
        for table in (tables.score_card, tables.node_score, tables.cycle_count):
            self._connection.execute(delete(table).where(table.c.cycle == cycle))

    def _has_effect(self, statement: Insert) -> bool:
        # SQLAlchemy gives no row count for inserts, so the row itself is asked for.
        return self._connection.execute(statement.returning(tables.score_card.c.cycle)).first() is not None

    def _drop_nodes(self, cycle: str, administration: str) -> None:
        table = tables.node_score
        mine = and_(table.c.cycle == cycle, table.c.administration == administration)
        self._connection.execute(delete(table).where(mine))


def _opens_at(card: Mapping[str, Any]) -> Level | None:
    levels = (Level(node["level"]) for node in card["nodes"])
    return min(levels, key=lambda level: level.closedness, default=None)


def _node_rows(card: ScoreCard) -> list[dict[str, Any]]:
    depths: dict[str | None, int] = {None: -1}
    rows = []
    for node in card.card["nodes"]:
        depths[node["code"]] = depths.get(node["parent"], -1) + 1
        rows.append(
            {
                "cycle": card.cycle,
                "administration": card.administration,
                "region": card.region,
                "node": node["code"],
                "depth": depths[node["code"]],
                "state": node["state"],
                "score": node["score"],
                "band": node.get("band"),
                "coverage": node.get("coverage"),
                "level": node["level"],
            }
        )
    return rows
