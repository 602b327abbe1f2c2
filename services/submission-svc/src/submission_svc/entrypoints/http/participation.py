"""Participation over HTTP: counts by region and group, and single administrations for those who may know them."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from service_kit.problems import responses
from submission_svc.application.queries.participation import participation
from submission_svc.domain.submission import Status
from submission_svc.entrypoints.http.dependencies import Asking, CycleCode, Deps

router = APIRouter(prefix="/api/v1/cycles", tags=["cycles"])


class RegionCounts(BaseModel):
    """How many members of a region have handed in; the code is null for members without a region."""

    code: str | None
    name: str | None
    members: int
    submitted: int
    accepted: int


class TakingPart(BaseModel):
    """An administration that takes part."""

    code: str
    region: str | None
    status: Status


class ParticipationRead(BaseModel):
    """Counts for everyone (of a rehearsal: for the secretariat); `administrations` of which the reader may know."""

    cycle: str
    regions: list[RegionCounts]
    administrations: list[TakingPart]


@router.get("/{cycle}/participation", response_model=ParticipationRead, responses=responses(401, 404))
def get_participation(cycle: CycleCode, viewer: Asking, deps: Deps) -> Any:
    """Who takes part: counts by region, and single administrations as the reader may know them."""
    with deps.reader.connect() as connection:
        return participation(connection, viewer, cycle)
