"""Cycles over HTTP: the list, one cycle, opening and closing, and who takes part."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, StringConstraints

from service_kit.problems import responses
from submission_svc.application.commands.close_cycle import CloseCycle, close_cycle
from submission_svc.application.commands.open_cycle import OpenCycle, open_cycle
from submission_svc.application.queries.cycles import list_cycles, visible_cycle
from submission_svc.application.queries.participation import participation
from submission_svc.domain.cycle import Cycle, CycleStatus
from submission_svc.domain.submission import Status
from submission_svc.entrypoints.http.dependencies import Asking, CycleCode, Deps, Keeper
from submission_svc.entrypoints.http.schemas import PlainText, Strict

router = APIRouter(prefix="/api/v1/cycles", tags=["cycles"])
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,63}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?$")]


class CycleCreate(Strict):
    """A cycle to open. Its population is that of the framework."""

    code: Code
    name: Annotated[dict[Language, PlainText], Field(min_length=1, max_length=20)]
    framework: Code
    framework_version: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,31}$")]
    reporting_year: Annotated[int, Field(ge=1900, le=2200, strict=True)]
    opens_on: date
    closes_on: date
    is_rehearsal: bool = False


class CycleRead(BaseModel):
    """A cycle; the window is in days of UTC, both ends included."""

    code: str
    name: dict[str, str]
    framework: str
    framework_version: str
    framework_digest: str
    population: str
    reporting_year: int
    opens_on: date
    closes_on: date
    is_rehearsal: bool
    status: CycleStatus


class CycleList(BaseModel):
    """Cycles, the latest first."""

    items: list[CycleRead]


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


@router.get("", response_model=CycleList, responses=responses(401))
def get_cycles(viewer: Asking, deps: Deps) -> Any:
    """All cycles. Rehearsals are shown to those who take part in them only."""
    with deps.reader.connect() as connection:
        return {"items": list_cycles(connection, viewer)}


@router.post(
    "",
    status_code=201,
    response_model=CycleRead,
    responses={
        200: {"model": CycleRead, "description": "The same cycle was opened before"},
        **responses(401, 403, 409, 422),
    },
)
def post_cycle(body: CycleCreate, response: Response, keeper: Keeper, deps: Deps) -> Any:
    """Open a cycle of a scoring framework. The same cycle again changes nothing."""
    opened = open_cycle(OpenCycle(**body.model_dump(), actor=keeper.subject), deps.unit_of_work())
    response.status_code = 201 if opened.is_new else 200
    return _read(opened.cycle)


@router.get("/{cycle}", response_model=CycleRead, responses=responses(401, 404))
def get_cycle(cycle: CycleCode, viewer: Asking, deps: Deps) -> Any:
    """One cycle."""
    with deps.reader.connect() as connection:
        return visible_cycle(connection, viewer, cycle)


@router.post("/{cycle}/close", response_model=CycleRead, responses=responses(401, 403, 404))
def post_close(cycle: CycleCode, keeper: Keeper, deps: Deps) -> Any:
    """Close a cycle: no more pushes and submissions; acceptance goes on. Closing it again changes nothing."""
    return _read(close_cycle(CloseCycle(cycle, keeper.subject), deps.unit_of_work()))


@router.get("/{cycle}/participation", response_model=ParticipationRead, responses=responses(401, 404))
def get_participation(cycle: CycleCode, viewer: Asking, deps: Deps) -> Any:
    """Who takes part: counts by region, and single administrations as the reader may know them."""
    with deps.reader.connect() as connection:
        return participation(connection, viewer, cycle)


def _read(cycle: Cycle) -> CycleRead:
    return CycleRead(**vars(cycle))
