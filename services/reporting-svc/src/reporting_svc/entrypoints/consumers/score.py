"""The topic `score`: score cards, retractions and counts."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator

from reporting_svc.application.commands.record_score import record_card, record_count, record_retraction
from reporting_svc.application.facts import CycleCount, Retraction, ScoreCard
from reporting_svc.application.ports import UnitOfWork
from reporting_svc.entrypoints.consumers.readers import Reader
from service_kit.envelope import Envelope

TOPIC = "score"


def _code(value: Any) -> Any:
    """A cycle is named by its code, alone or within what else is said of it."""
    return value.get("code") if isinstance(value, dict) else value


CycleCode = Annotated[str, BeforeValidator(_code)]


class ScoreUpdated(Reader):
    """`score.updated.v1`."""

    cycle: CycleCode
    administration: str
    region: str | None = None
    revision: int
    digest: str
    card: dict[str, Any]


class ScoreRetracted(Reader):
    """`score.retracted.v1`."""

    cycle: CycleCode
    administration: str
    revision: int
    reason: str


class CycleScored(Reader):
    """`cycle.scored.v1`."""

    cycle: CycleCode
    scored: int
    unscored: int


def handle(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Bring the events to effect, in order; other types are none of our business."""
    for event in events:
        take = _ACTIONS.get(event.type)
        if take is not None:
            take(event, uow)


def _updated(event: Envelope, uow: UnitOfWork) -> None:
    read = ScoreUpdated.model_validate(event.data)
    card = ScoreCard(
        cycle=read.cycle,
        administration=read.administration,
        region=read.region,
        revision=read.revision,
        digest=read.digest,
        card=read.card,
        updated_at=event.time,
    )
    record_card(card, uow)


def _retracted(event: Envelope, uow: UnitOfWork) -> None:
    read = ScoreRetracted.model_validate(event.data)
    record_retraction(Retraction(read.cycle, read.administration, read.revision, read.reason, event.time), uow)


def _scored(event: Envelope, uow: UnitOfWork) -> None:
    read = CycleScored.model_validate(event.data)
    record_count(CycleCount(read.cycle, read.scored, read.unscored, event.time), uow)


_ACTIONS: dict[str, Callable[[Envelope, UnitOfWork], None]] = {
    "score.updated.v1": _updated,
    "score.retracted.v1": _retracted,
    "cycle.scored.v1": _scored,
}
