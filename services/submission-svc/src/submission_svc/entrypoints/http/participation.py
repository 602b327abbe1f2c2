"""Participation over HTTP: counts by region and group, and single administrations for those who may know them."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from service_kit.problems import responses
from submission_svc.application.queries.participation import participation
from submission_svc.domain.submission import Status
from submission_svc.entrypoints.http.dependencies import Asking, CycleCode, Deps

router = APIRouter(prefix="/api/v1/cycles", tags=["cycles"])


class Counts(BaseModel):
    """How many members have handed in, and how much of the framework's KPIs those have answered, 0..1 on average.

    Null is what you may not be told: see "Counts" in docs/access.md.
    """

    members: int
    submitted: int | None
    accepted: int | None
    answered_share: float | None = Field(description="To a tenth, unless you may read all these submissions")


class RegionCounts(Counts):
    """Counts of a region; the code is null for members without a region."""

    code: str | None
    name: str | None


class GroupCounts(Counts):
    """Counts of a group of the register."""

    code: str
    name: str


class TakingPart(BaseModel):
    """An administration that takes part."""

    code: str
    region: str | None
    status: Status
    answered_share: float | None = Field(description="Null unless you may read its submission")


class ParticipationRead(BaseModel):
    """Counts for everyone (of a rehearsal: for the secretariat); `administrations` of which the reader may know."""

    cycle: str
    regions: list[RegionCounts]
    groups: list[GroupCounts]
    administrations: list[TakingPart]


@router.get("/{cycle}/participation", response_model=ParticipationRead, responses=responses(401, 404))
def get_participation(cycle: CycleCode, viewer: Asking, deps: Deps) -> Any:
    """Who takes part: counts by region and group as of now, and single administrations as the reader may know them."""
    with deps.reader.connect() as connection:
        return participation(connection, viewer, cycle, deps.clock().date(), deps.completeness)
