"""The events that integrators get: CloudEvents with the position in the log as `sequence`; contracts are made of these.

Within v1 only additions. Optional fields are there and null, never left out.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from access_policy import Level

SCORE_UPDATED: Final = "score.updated.v1"
SCORE_RETRACTED: Final = "score.retracted.v1"
CYCLE_OPENED: Final = "cycle.opened.v1"
CYCLE_CLOSED: Final = "cycle.closed.v1"
CYCLE_SCORED: Final = "cycle.scored.v1"

State = Literal["scored", "missing", "not_applicable", "opted_out", "under_threshold", "context_only"]
Share = Annotated[float, Field(description="from 0 to 1")]


class Part(BaseModel):
    """A part of an event. What does not fit is not repeated in the error, which goes into logs."""

    model_config = ConfigDict(
        extra="ignore", json_schema_serialization_defaults_required=True, hide_input_in_errors=True
    )


class NodeData(Part):
    """One node of the framework's tree as far as it may be seen."""

    code: str
    parent: str | None
    kind: str
    state: State
    score: float | None = Field(description="null unless the state is `scored`")
    band: str | None
    coverage: Share | None
    value: float | None = Field(default=None, description="KPI value by its formula; null for nodes that are no KPI")


class ScoreUpdatedData(Part):
    """What may be seen at one level of an administration's scores."""

    cycle: str
    administration: str
    region: str | None
    level: Level = Field(description="the level that this version is for; you get the one that your token reaches")
    framework: str | None
    framework_version: str | None
    reporting_year: int | None
    score: float | None = Field(description="overall score; null when it is not disclosed at this level or not scored")
    band: str | None
    coverage: Share | None
    nodes: list[NodeData] = Field(description="all nodes visible at this level, in the order of the framework")
    explanation_url: str
    replaces: UUID | None = Field(description="id of the event that this one replaces; forget that one's values")


class ScoreRetractedData(Part):
    """Nothing may be seen any more at this level; forget what earlier events said."""

    cycle: str
    administration: str
    region: str | None
    level: Level
    reason: str
    replaces: UUID


class CycleStageData(Part):
    """A cycle has opened or closed."""

    cycle: str
    name: dict[str, str] | None
    framework: str
    framework_version: str
    reporting_year: int
    status: str
    opens_on: date | None
    closes_on: date | None


class CycleScoredData(Part):
    """All accepted submissions of a cycle have been looked at by scoring."""

    cycle: str
    scored: int
    unscored: int


class OutsideEvent(BaseModel):
    """The envelope: CloudEvents 1.0 in structured JSON with the `sequence` extension."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True, hide_input_in_errors=True)

    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: Literal["openpmm/reporting-svc"] = "openpmm/reporting-svc"
    type: str
    subject: str
    time: datetime
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str
    sequence: str = Field(pattern=r"^[0-9]+$", description="position in the event log; use it as Last-Event-ID")


class ScoreUpdated(OutsideEvent):
    """An administration's scores as visible at one level are new or have changed."""

    type: Literal["score.updated.v1"] = SCORE_UPDATED
    data: ScoreUpdatedData


class ScoreRetracted(OutsideEvent):
    """What was visible of an administration's scores at one level is so no more."""

    type: Literal["score.retracted.v1"] = SCORE_RETRACTED
    data: ScoreRetractedData


class CycleOpened(OutsideEvent):
    """A cycle has opened."""

    type: Literal["cycle.opened.v1"] = CYCLE_OPENED
    data: CycleStageData


class CycleClosed(OutsideEvent):
    """A cycle has closed."""

    type: Literal["cycle.closed.v1"] = CYCLE_CLOSED
    data: CycleStageData


class CycleScored(OutsideEvent):
    """A cycle has been scored as far as it goes at the moment."""

    type: Literal["cycle.scored.v1"] = CYCLE_SCORED
    data: CycleScoredData


EVENTS: dict[str, type[OutsideEvent]] = {
    SCORE_UPDATED: ScoreUpdated,
    SCORE_RETRACTED: ScoreRetracted,
    CYCLE_OPENED: CycleOpened,
    CYCLE_CLOSED: CycleClosed,
    CYCLE_SCORED: CycleScored,
}


@dataclass(frozen=True)
class Draft:
    """An event that has no position yet, and who it is for."""

    id: UUID
    type: str
    level: Level
    time: datetime
    cycle: str
    administration: str | None
    region: str | None
    data: Part

    def payload(self, position: int) -> str:
        """The event with its position: the exact text that readers get."""
        subject = self.cycle if self.administration is None else f"{self.cycle}/{self.administration}"
        fields: dict[str, Any] = {
            "id": self.id,
            "subject": subject,
            "time": self.time,
            "dataschema": f"contracts/events/reporting-svc/{self.type}.schema.json",
            "sequence": str(position),
            "data": self.data,
        }
        return EVENTS[self.type](**fields).model_dump_json()
