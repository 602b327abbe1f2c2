"""What scoring-svc tells the others. These classes are the contract: its schemas are generated from them."""

from pydantic import BaseModel, ConfigDict, Field

from scoring_svc.domain.card_data import CardData
from scoring_svc.domain.cycle import Cycle
from scoring_svc.domain.score_card import ScoreCard
from service_kit.envelope import NewEvent

TOPIC = "score"
Digest = str


class EventData(BaseModel):
    """Base of event data; within v1 only additions."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class CycleData(EventData):
    """The cycle that is spoken of. Nothing of a rehearsal is ever reported."""

    code: str
    framework: str
    framework_version: str
    framework_digest: Digest
    population: str
    reporting_year: int
    is_rehearsal: bool


class ScoreUpdated(EventData):
    """The card of an accepted submission is new or has changed, in its scores or in what is disclosed."""

    cycle: CycleData
    administration: str
    region: str | None
    run_id: int = Field(description="Grows with every change in the cycle: a later run is the later state")
    revision: int = Field(description="The revision of the submission that was scored")
    digest: Digest = Field(description="Over card and region")
    card: CardData = Field(description="With the disclosure level of every node; to be redacted for its reader")


class ScoreRetracted(EventData):
    """There is no accepted submission any more, so its score is taken back."""

    cycle: CycleData
    administration: str
    region: str | None
    run_id: int
    revision: int
    reason: str = Field(
        description="The status of the submission at that revision: withdrawn or returned, or submitted when it was"
        " handed in again before scoring saw it withdrawn"
    )


class CycleScored(EventData):
    """A closed cycle without undecided submissions is completely scored; sent again if its scores change later."""

    cycle: CycleData
    run_id: int
    scored: int = Field(description="Accepted submissions with an overall score")
    unscored: int = Field(description="Accepted submissions without one")


TYPES: dict[str, type[EventData]] = {
    "score.updated.v1": ScoreUpdated,
    "score.retracted.v1": ScoreRetracted,
    "cycle.scored.v1": CycleScored,
}


def score_updated(cycle: Cycle, card: ScoreCard, run_id: int) -> NewEvent:
    """The event about a card that changed. The card was just made and is not validated again."""
    data = {
        "cycle": cycle.as_dict(),
        "administration": card.administration,
        "region": card.region,
        "run_id": run_id,
        "revision": card.revision,
        "digest": card.digest,
        "card": card.content,
    }
    return NewEvent(TOPIC, _key(cycle, card.administration), "score.updated.v1", data)


def score_retracted(
    cycle: Cycle, administration: str, region: str | None, run_id: int, revision: int, reason: str
) -> NewEvent:
    """The event about a card that is taken back."""
    data = {
        "cycle": cycle.as_dict(),
        "administration": administration,
        "region": region,
        "run_id": run_id,
        "revision": revision,
        "reason": reason,
    }
    return NewEvent(TOPIC, _key(cycle, administration), "score.retracted.v1", data)


def cycle_scored(cycle: Cycle, run_id: int, scored: int, unscored: int) -> NewEvent:
    """The event about a cycle that is complete."""
    data = {"cycle": cycle.as_dict(), "run_id": run_id, "scored": scored, "unscored": unscored}
    return NewEvent(TOPIC, cycle.code, "cycle.scored.v1", data)


def _key(cycle: Cycle, administration: str) -> str:
    return f"{cycle.code}/{administration}"
