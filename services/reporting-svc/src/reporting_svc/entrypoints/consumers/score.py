"""The topic `score`: score cards, retractions and counts."""

from collections.abc import Callable
from typing import Any

from reporting_svc.application.commands.record_score import record_card, record_count, record_retraction
from reporting_svc.application.facts import CycleCount, Retraction, ScoreCard
from reporting_svc.application.ports import UnitOfWork
from reporting_svc.entrypoints.consumers.readers import CycleReader, Reader
from service_kit.envelope import Envelope


class ScoreUpdated(Reader):
    """`score.updated.v1`."""

    cycle: CycleReader
    administration: str
    region: str | None = None
    run_id: int
    card: dict[str, Any]


class ScoreRetracted(Reader):
    """`score.retracted.v1`."""

    cycle: CycleReader
    administration: str
    region: str | None = None
    run_id: int
    reason: str


class CycleScored(Reader):
    """`cycle.scored.v1`."""

    cycle: CycleReader
    run_id: int
    scored: int
    unscored: int


def _updated(event: Envelope, uow: UnitOfWork) -> None:
    read = ScoreUpdated.model_validate(event.data)
    card = ScoreCard(
        cycle=read.cycle.code,
        administration=read.administration,
        region=read.region,
        run_id=read.run_id,
        card=read.card,
        updated_at=event.time,
    )
    record_card(read.cycle.fact(), card, uow)


def _retracted(event: Envelope, uow: UnitOfWork) -> None:
    read = ScoreRetracted.model_validate(event.data)
    retraction = Retraction(
        cycle=read.cycle.code,
        administration=read.administration,
        region=read.region,
        run_id=read.run_id,
        reason=read.reason,
        retracted_at=event.time,
    )
    record_retraction(read.cycle.fact(), retraction, uow)


def _scored(event: Envelope, uow: UnitOfWork) -> None:
    read = CycleScored.model_validate(event.data)
    count = CycleCount(read.cycle.code, read.run_id, read.scored, read.unscored, event.time)
    record_count(read.cycle.fact(), count, uow)


ACTIONS: dict[str, Callable[[Envelope, UnitOfWork], None]] = {
    "score.updated.v1": _updated,
    "score.retracted.v1": _retracted,
    "cycle.scored.v1": _scored,
}
