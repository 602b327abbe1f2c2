"""The past of submissions over HTTP: their steps, what changed since, and what was known at a moment."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from access_policy import Level
from service_kit.problems import responses
from submission_svc.application.queries.past import read_difference, read_history, read_steps
from submission_svc.domain.content import AnswerStateName
from submission_svc.domain.submission import Status
from submission_svc.entrypoints.http.dependencies import AdministrationCode, CycleCode, Deps, SubmissionReader
from submission_svc.entrypoints.http.moments import AsOf
from submission_svc.entrypoints.http.schemas import AnswerRead, ClaimRead

router = APIRouter(prefix="/api/v1/cycles/{cycle}/submissions/{administration}", tags=["history"])
Year = Annotated[int, Query(ge=1900, le=2200, description="Calendar year")]
READ = responses(401, 403, 404)


class StepRead(BaseModel):
    """A step of a submission. A step to `draft` opened an accepted one for a revision."""

    status: Status
    at: datetime
    in_force_at: datetime | None = Field(description="Moment of the accepted content that counted from then on")
    reason: str | None = Field(description="Why it was returned")


class StepList(BaseModel):
    """Steps, the first one first."""

    items: list[StepRead]


class AnswerChange(BaseModel):
    """An answer that differs."""

    before: AnswerRead
    after: AnswerRead


class ClaimChange(BaseModel):
    """A claim that differs in its state or reason."""

    before: ClaimRead
    after: ClaimRead


class AnswerChanges(BaseModel):
    """Answers that are new, differ, or are gone."""

    added: list[AnswerRead]
    changed: list[AnswerChange]
    removed: list[AnswerRead]


class ClaimChanges(BaseModel):
    """Claims that are new, differ, or are gone."""

    added: list[ClaimRead]
    changed: list[ClaimChange]
    removed: list[ClaimRead]


class EvidenceNamed(BaseModel):
    """A file, without its content; that can be read under its id, also after it was removed."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    about: str = Field(description="Code of the KPI or the input that it stands for")
    name: str
    sha256: str


class EvidenceChanges(BaseModel):
    """Files that are new, or are gone. One of the same name with another content is both."""

    added: list[EvidenceNamed]
    removed: list[EvidenceNamed]


class DisclosureChange(BaseModel):
    """Another level of who may see a KPI."""

    model_config = ConfigDict(from_attributes=True)

    code: str | None = Field(description="Code of the KPI; null is for all that are not named")
    before: Level | None = Field(description="Null where it was not named")
    after: Level | None = Field(description="Null where it is not named any more")


class ChangesSince(BaseModel):
    """What has changed since a moment."""

    since: datetime
    nothing_changed: bool = Field(description="Whether all below is empty")
    answers: AnswerChanges
    claims: ClaimChanges
    evidence: EvidenceChanges
    disclosure: list[DisclosureChange]


class DifferenceRead(BaseModel):
    """What has changed since the last acceptance, and since the last return; null where there was none."""

    accepted: ChangesSince | None
    returned: ChangesSince | None


class KnownAnswer(BaseModel):
    """An accepted answer, and the cycle in which it was accepted."""

    code: str = Field(description="Code of the input")
    year: int
    state: AnswerStateName
    value: float | None
    status: str | None = Field(description="Observation status: E, P or B; nothing for a normal value")
    comment: str | None
    period: str | None = Field(description="Fiscal year, as 2023-07-01/2024-06-30, where it is not the calendar year")
    cycle: str
    accepted_at: datetime


class HistoryRead(BaseModel):
    """What was known of an administration about a calendar year at a moment, by input."""

    administration: str
    year: int
    as_of: datetime
    answers: list[KnownAnswer]


@router.get("/steps", response_model=StepList, responses=READ)
def get_steps(cycle: CycleCode, administration: AdministrationCode, viewer: SubmissionReader, deps: Deps) -> Any:
    """How far the submission has come, when, and why it was returned."""
    with deps.reader.connect() as connection:
        return {"items": read_steps(connection, viewer, cycle, administration)}


@router.get("/difference", response_model=DifferenceRead, responses=READ)
def get_difference(cycle: CycleCode, administration: AdministrationCode, viewer: SubmissionReader, deps: Deps) -> Any:
    """What has changed since what was last accepted, and since the last return: only that needs a new look.

    Answers, claims, evidence and the choice of who may see what are compared. Decisions on claims are not the member's
    changes and do not count.
    """
    with deps.reader.connect() as connection:
        return read_difference(connection, viewer, cycle, administration)


@router.get("/history", response_model=HistoryRead, responses={**READ, **responses(422)})
def get_history(
    cycle: CycleCode,
    administration: AdministrationCode,
    viewer: SubmissionReader,
    deps: Deps,
    year: Year,
    as_of: AsOf,
) -> Any:
    """What was known at a moment about a calendar year, over all cycles of the population of this one.

    Of every submission the content counts that was in force then; where several cycles have a figure, the latest cycle
    wins. Rehearsals are no part of it.
    """
    with deps.reader.connect() as connection:
        answers = read_history(connection, viewer, cycle, administration, year, as_of)
    return {"administration": administration, "year": year, "as_of": as_of or deps.clock(), "answers": answers}
