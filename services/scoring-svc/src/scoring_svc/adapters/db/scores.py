"""Score cards and the record of runs, on the connection of the running transaction."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from scoring_svc.adapters.db import tables
from scoring_svc.domain.changes import Key
from scoring_svc.domain.run import CycleTotals, Run
from scoring_svc.domain.score_card import ScoreCard, StoredCard
from scoring_svc.domain.submission import SUBMITTED

KEY = ("cycle", "administration", "kind")
FACTS = (*KEY, "submission_id", "revision", "region", "score", "input_digest", "outline")


class SqlScoreCards:
    """Score cards in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stored(self, cycle: str, administrations: Collection[str] | None) -> dict[Key, StoredCard]:
        """What stands of these administrations or (None) of all."""
        table = tables.score_card
        names = ("administration", "kind", "submission_id", "revision", "digest", "region")
        wanted = select(*(table.c[name] for name in names)).where(table.c.cycle == cycle)
        if administrations is not None:
            wanted = wanted.where(table.c.administration.in_(administrations))
        cards = (StoredCard(**row) for row in self._connection.execute(wanted).mappings())
        return {(card.administration, card.kind): card for card in cards}

    def save(self, cards: Collection[ScoreCard], run_id: int | None) -> None:
        """Write cards, in place of those that stand."""
        if not cards:
            return
        statement = upsert(tables.score_card)
        written = {each.name: statement.excluded[each.name] for each in tables.score_card.c if each.name not in KEY}
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=KEY, set_=written), [_row(card, run_id) for card in cards]
        )

    def set_revisions(self, cards: Collection[ScoreCard]) -> None:
        """Note the later revision of cards whose content is the same."""
        if not cards:
            return
        table = tables.score_card
        mine = [table.c[name] == bindparam(f"its_{name}") for name in KEY]
        rows = [
            {
                **{f"its_{name}": getattr(card, name) for name in KEY},
                "revision": card.revision,
                "submission_id": card.submission_id,
            }
            for card in cards
        ]
        self._connection.execute(update(table).where(*mine), rows)

    def delete(self, cycle: str, cards: Collection[StoredCard]) -> None:
        """Take cards away."""
        if not cards:
            return
        table = tables.score_card
        mine = [table.c[name] == bindparam(f"its_{name}") for name in KEY]
        rows = [{"its_cycle": cycle, "its_administration": c.administration, "its_kind": c.kind} for c in cards]
        self._connection.execute(delete(table).where(*mine), rows)

    def with_other_regions(self, cycle: str, regions: Mapping[str, str | None]) -> list[ScoreCard]:
        """Stored cards that carry another region than the register, with the register's."""
        rows = self._connection.execute(
            text("select administration, region, kind from score_card where cycle = :cycle"), {"cycle": cycle}
        )
        differing = {row.administration for row in rows if row.region != regions.get(row.administration)}
        table = tables.score_card
        wanted = select(table).where(table.c.cycle == cycle, table.c.administration.in_(differing))
        return [
            replace(_card(row), region=regions.get(row["administration"]))
            for row in self._connection.execute(wanted).mappings()
        ]

    def totals(self, cycle: str) -> CycleTotals:
        """What stands of the whole cycle."""
        rows = self._connection.execute(
            text(
                "select administration, input_digest, digest, score is not null as is_scored"
                " from score_card where cycle = :cycle and kind = 'final'"
            ),
            {"cycle": cycle},
        ).all()
        undecided = self._connection.execute(
            text("select count(*) from submission where cycle = :cycle and status = :submitted"),
            {"cycle": cycle, "submitted": SUBMITTED},
        ).scalar_one()
        return CycleTotals(
            input_digests={row.administration: row.input_digest for row in rows},
            card_digests={row.administration: row.digest for row in rows},
            scored=sum(row.is_scored for row in rows),
            undecided=undecided,
        )


class SqlRuns:
    """Score runs in PostgreSQL; records are only ever added."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_id(self) -> int:
        """The id of a run that begins now; a later run has a higher one."""
        number: int = self._connection.execute(select(tables.run_ids.next_value())).scalar_one()
        return number

    def record(self, run: Run) -> None:
        """Keep the record of a run."""
        self._connection.execute(insert(tables.score_run).values(asdict(run)))


def _row(card: ScoreCard, run_id: int | None) -> dict[str, Any]:
    facts = {name: getattr(card, name) for name in FACTS}
    return {**facts, "run_id": run_id, "digest": card.digest, "card": card.text}


def _card(row: Mapping[Any, Any]) -> ScoreCard:
    return ScoreCard(**{name: row[name] for name in FACTS}, text=row["card"])
