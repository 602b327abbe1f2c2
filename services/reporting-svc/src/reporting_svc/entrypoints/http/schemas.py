"""The shapes of the reports. A score that is not visible is left out or null, never 0."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from access_policy import Level
from reporting_svc.application.outside.events import NodeData

Share = Annotated[float, Field(description="from 0 to 1")]


class Shape(BaseModel):
    """Base of all shapes: what does not fit is not repeated in the error, which goes into logs."""

    model_config = ConfigDict(hide_input_in_errors=True)


class FrameworkRead(Shape):
    """The framework of a cycle; its label is to be shown wherever its names or scores are."""

    code: str
    version: str
    name: dict[str, str] | None
    label: dict[str, str] | None


class CycleRead(Shape):
    """A cycle that is reported."""

    code: str
    name: dict[str, str] | None
    reporting_year: int
    status: str | None
    framework: FrameworkRead


class RegionCountRead(Shape):
    """How many administrations a region has and how many have submitted; no code for those without a region."""

    region: str | None
    name: str | None
    members: int
    submitted: Annotated[
        int | None, Field(description="submitted, accepted ones included; null where it would tell who takes part")
    ]
    accepted: int | None
    submitted_share: Share | None
    accepted_share: Share | None


class ParticipationRead(Shape):
    """Participation by region."""

    cycle: CycleRead
    regions: list[RegionCountRead]
    total: RegionCountRead


class MeanRead(Shape):
    """The mean of a node's visible scores over `n` administrations."""

    node: str
    name: dict[str, str] | None
    kind: str | None
    mean: float | None
    n: int
    coverage_share: Annotated[Share | None, Field(description="mean coverage of the same administrations")]


class TopNodeRead(Shape):
    """A visible node in a list of administrations."""

    node: str
    state: str
    score: float | None
    band: str | None
    coverage: Share | None


class AdministrationScoresRead(Shape):
    """An administration in a list; `status` only for those who may know of its participation."""

    administration: str
    name: str
    status: str | None
    nodes: list[TopNodeRead]


class RegionRead(Shape):
    """One region of a cycle."""

    cycle: CycleRead
    region: RegionCountRead
    basis: Annotated[str, Field(description="what the means are taken over")]
    means: list[MeanRead]
    administrations: list[AdministrationScoresRead]


class NodeRead(NodeData):
    """A node of a card as far as it is visible."""


class AdministrationRead(Shape):
    """One administration as you may see it."""

    cycle: CycleRead
    administration: str
    name: str
    region: str | None
    level: Annotated[Level, Field(description="up to which level you see this administration")]
    status: str | None
    score: float | None
    band: str | None
    coverage: Share | None
    updated_at: datetime | None
    nodes: list[NodeRead]
    explanation_url: str
