"""Cycles over HTTP: the list, one cycle, opening, closing and reopening."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, StringConstraints

from service_kit.problems import responses
from submission_svc.application.commands.close_cycle import CloseCycle, close_cycle
from submission_svc.application.commands.open_cycle import OpenCycle, open_cycle
from submission_svc.application.commands.reopen_cycle import ReopenCycle, reopen_cycle
from submission_svc.application.dependencies import Dependencies
from submission_svc.application.queries.cycles import list_cycles, read_cycle
from submission_svc.domain.cycle import Cycle, CycleStatus, LatePolicy, WindowState
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
    late_policy: LatePolicy = Field(
        default="refused",
        description="What becomes of submissions after the last day: refused, or taken and marked",
    )


class CycleRead(BaseModel):
    """A cycle; the window is in days of UTC, both ends included.

    `status` is what the secretariat has done. `state` and `deadline` are those of the member that asks, extension
    included; for all others, those of everybody: `ended` when the window is over and the cycle is not closed.
    """

    code: str
    name: dict[str, str]
    framework: str
    framework_version: str
    framework_digest: str = Field(description="Digest of the framework version, as framework-svc gives it")
    population: str
    reporting_year: int
    opens_on: date
    closes_on: date
    is_rehearsal: bool
    status: CycleStatus
    late_policy: LatePolicy = Field(description="What becomes of submissions after the last day")
    state: WindowState = Field(description="What the member that asks meets today")
    deadline: date = Field(description="Its last day, extension included")


class CloseBody(Strict):
    """Why a cycle closes, for the audit trail."""

    reason: PlainText


class ReopenBody(Strict):
    """Why a cycle is reopened, and until when it takes submissions if not until the same day."""

    reason: PlainText
    closes_on: date | None = None


class CycleList(BaseModel):
    """Cycles, the latest first."""

    items: list[CycleRead]


@router.get("", response_model=CycleList, responses=responses(401))
def get_cycles(viewer: Asking, deps: Deps) -> Any:
    """All cycles. Rehearsals are shown to those who take part in them only."""
    with deps.reader.connect() as connection:
        return {"items": list_cycles(connection, viewer, deps.clock().date())}


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
    return _read(opened.cycle, deps)


@router.get("/{cycle}", response_model=CycleRead, responses=responses(401, 404))
def get_cycle(cycle: CycleCode, viewer: Asking, deps: Deps) -> Any:
    """One cycle."""
    with deps.reader.connect() as connection:
        return read_cycle(connection, viewer, cycle, deps.clock().date())


@router.post("/{cycle}/close", response_model=CycleRead, responses=responses(401, 403, 404, 409, 422))
def post_close(cycle: CycleCode, body: CloseBody, keeper: Keeper, deps: Deps) -> Any:
    """Close a cycle: no more pushes and submissions; acceptance goes on. It ends all extensions.

    Closing it again for the same reason changes nothing; for another one it is refused (`cycle.is_closed`).
    """
    return _read(close_cycle(CloseCycle(cycle, body.reason, keeper.subject), deps.unit_of_work()), deps)


@router.post("/{cycle}/reopen", response_model=CycleRead, responses=responses(401, 403, 404, 409, 422))
def post_reopen(cycle: CycleCode, body: ReopenBody, keeper: Keeper, deps: Deps) -> Any:
    """Let a cycle take submissions again that is closed, or past its last day. One that is open as asked stays.

    One that is past its last day needs a later `closes_on`; its extensions stay.
    """
    command = ReopenCycle(cycle, body.reason, body.closes_on, keeper.subject)
    return _read(reopen_cycle(command, deps.unit_of_work(), deps.clock), deps)


def _read(cycle: Cycle, deps: Dependencies) -> CycleRead:
    return CycleRead(**vars(cycle), state=cycle.state(deps.clock().date()), deadline=cycle.deadline())
