"""What pushes, and dry runs of them, are answered with."""

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from submission_svc.domain.submission import Status
from submission_svc.entrypoints.http.judged_schemas import ViolationRead, WarningRead
from submission_svc.entrypoints.http.schemas import AnswerRead, ClaimRead, NoteRead


class Progress(BaseModel):
    """How far a submission is."""

    status: Status
    revision: int = Field(description="Grows with every change that others are told about")


class PushedInto(Progress):
    """How far the submission is that was pushed into; `tag` names this state, for If-Match of the next push."""

    tag: str = Field(description="In quotes it is the ETag")


class MemberProgress(Progress):
    """How far the submission of an administration is."""

    administration: str


class RowCounts(BaseModel):
    """Rows received, and how many answers and claims are new, other, gone or as before."""

    received: int = Field(description="Rows in the file")
    created: int = Field(description="Answers and claims that are new")
    updated: int = Field(description="Answers and claims that are other than before")
    removed: int = Field(description="Answers that were deleted and claims that were taken back")
    unchanged: int = Field(description="Answers and claims that were there already")


class Listed(BaseModel):
    """What is said of rows. Errors are there when good rows were taken beside bad ones."""

    notes: list[NoteRead]
    errors_found: int | None = Field(default=None, description="How many errors there are, listed or not")
    errors: list[NoteRead] | None = Field(default=None, description="The first 20,000, in the order of the rows")
    groups: list[dict[str, Any]] | None = Field(
        default=None,
        description="The errors by cause, most rows first: code, column, cause, hint, example, rows, first_row, "
        "first_sheet, text",
    )


class Judged(BaseModel):
    """What the whole content comes to."""

    violations: list[ViolationRead]
    warnings: list[WarningRead]
    unanswered: int = Field(description="Figures that are asked for and neither given nor said to be missing")


class PushRead(RowCounts, Listed, Judged):
    """What a push did."""

    submission: PushedInto


class PushManyRead(RowCounts, Listed):
    """What a push for many did."""

    submissions: list[MemberProgress]


class PartRead(BaseModel):
    """The value of a breakdown."""

    code: str
    value: float | None
    reason: str | None


class KpiValueRead(PartRead):
    """What a KPI would come to; `reason` says why there is no value."""

    state: Literal["answered", "missing", "not_applicable", "opted_out"]
    breakdowns: list[PartRead]


class DryRunRead(Listed, Judged):
    """What a push would do; nothing of it is kept."""

    would: RowCounts
    kpis: list[KpiValueRead]
    projected_scores: dict[str, Any] | None = Field(default=None, description="As POST /api/v1/scores/preview answers")
    projected_unavailable: str | None = Field(default=None, description="Why there are no projected scores")


class DryRunManyRead(Listed):
    """What a push for many would do."""

    would: RowCounts


class QueuedRead(BaseModel):
    """A push that will be done as a job; Location is where it can be followed."""

    id: UUID
    job: str


class AnswersRead(BaseModel):
    """The content of a submission."""

    answers: list[AnswerRead]
    claims: list[ClaimRead]
