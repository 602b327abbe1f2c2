"""Show me what others see, over HTTP: a submission through the eyes of another role."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, WithJsonSchema

from access_policy import Level
from service_kit.problems import responses
from submission_svc.application.queries.seen_by import read_as_seen_by
from submission_svc.domain.content import AnswerStateName, ClaimStateName
from submission_svc.domain.onlooker import ONLOOKERS, OnlookerName
from submission_svc.entrypoints.http.dependencies import AdministrationCode, CycleCode, Deps, SubmissionReader

router = APIRouter(prefix="/api/v1/cycles/{cycle}/submissions/{administration}/as-seen-by", tags=["disclosure"])
EYES = (
    "A role of the access table, with its relation to you or its grant where these decide;"
    " contact_point and system are those of another member"
)
_NAMES = {"enum": list(ONLOOKERS), "title": "Role", "type": "string"}
RoleName = Annotated[OnlookerName, WithJsonSchema({**_NAMES, "description": EYES}), Query(description=EYES)]


class SeenKpi(BaseModel):
    """A KPI; others see no value of one that is scored against the cycle itself."""

    code: str
    state: str = Field(description="answered, missing, not_applicable or opted_out")
    value: float | None


class SeenInput(BaseModel):
    """A figure."""

    code: str
    year: int
    state: AnswerStateName
    value: float | None


class SeenClaim(BaseModel):
    """A claim; its reason is for those who may read the submission."""

    code: str
    state: ClaimStateName
    reason: str | None


class SeenComment(BaseModel):
    """A comment on a figure."""

    code: str
    year: int
    text: str


class SeenEvidence(BaseModel):
    """A file that could be opened."""

    id: UUID
    about: str
    name: str


class HiddenCounts(BaseModel):
    """How many there are that this role would not see."""

    kpis: int
    inputs: int
    claims: int
    comments: int
    evidence: int


class SeenRead(BaseModel):
    """What a role would see, were the submission accepted as it is now."""

    cycle: str
    administration: str
    role: Annotated[OnlookerName, WithJsonSchema(_NAMES)]
    level: Level
    knows_cycle: bool = Field(description="Whether there is such a cycle for that role at all")
    kpis: list[SeenKpi]
    inputs: list[SeenInput]
    claims: list[SeenClaim]
    comments: list[SeenComment]
    evidence: list[SeenEvidence]
    hidden: HiddenCounts


@router.get("", response_model=SeenRead, responses=responses(401, 403, 404, 422))
def get_as_seen_by(
    cycle: CycleCode, administration: AdministrationCode, viewer: SubmissionReader, deps: Deps, role: RoleName
) -> Any:
    """What another role would see of the submission if it were accepted as it is now, also before submitting.

    Until it is accepted, nobody else sees any of it.
    """
    with deps.reader.connect() as connection:
        return read_as_seen_by(connection, viewer, cycle, administration, role, deps.evidence.codes)
