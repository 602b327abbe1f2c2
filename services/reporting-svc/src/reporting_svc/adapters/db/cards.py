"""Score cards in PostgreSQL: the card as it was made, and a row a node for what is aggregated over administrations."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, delete, insert
from sqlalchemy.dialects.postgresql import insert as upsert

from access_policy import Level
from reporting_svc.adapters.db import tables
from reporting_svc.application.facts import Retraction, ScoreCard


class SqlCards:
    """Score cards, on the connection of the running transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, card: ScoreCard) -> bool:
        """Keep a card unless a later run is known; whether it was kept."""
        if not self._is_newest({**vars(card), "opens_at": _opens_at(card.card)}):
            return False
        rows = _node_rows(card)
        if rows:
            self._connection.execute(insert(tables.node_score), rows)
        return True

    def retract(self, retraction: Retraction) -> bool:
        """Drop a card unless a later run is known; whether it was dropped. Its run stays known."""
        return self._is_newest(
            {
                "cycle": retraction.cycle,
                "administration": retraction.administration,
                "region": retraction.region,
                "run_id": retraction.run_id,
                "card": None,
                "opens_at": None,
                "updated_at": retraction.retracted_at,
            }
        )

    def _is_newest(self, row: dict[str, Any]) -> bool:
        """Write the row and drop the nodes of the one before; False, and nothing written, if a later run is known."""
        table = tables.score_card
        statement = upsert(table).values(row)
        later = statement.on_conflict_do_update(
            index_elements=["cycle", "administration"],
            set_=row,
            where=table.c.run_id < statement.excluded.run_id,
        )
        # SQLAlchemy gives no row count for inserts, so the row itself is asked for.
        if self._connection.execute(later.returning(table.c.cycle)).first() is None:
            return False
        nodes = tables.node_score
        mine = and_(nodes.c.cycle == row["cycle"], nodes.c.administration == row["administration"])
        self._connection.execute(delete(nodes).where(mine))
        return True


def _opens_at(card: Mapping[str, Any]) -> Level | None:
    levels = (Level.stored(node["level"]) for node in card["nodes"])
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
