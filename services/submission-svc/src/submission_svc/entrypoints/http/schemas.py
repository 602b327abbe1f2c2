"""Bodies that several routes share."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from access_policy import MOST_CLOSED, Level
from answer_intake.showing import has_unwritable
from submission_svc.domain.content import AnswerStateName, ClaimStateName, DecisionName
from submission_svc.domain.submission import Status


class Strict(BaseModel):
    """A body in which an unknown field is an error, not a silent loss."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


def _writable(text: str) -> str:
    if has_unwritable(text):
        raise ValueError("control characters cannot be kept; type the text again")
    return text


PlainText = Annotated[
    str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True), AfterValidator(_writable)
]


class NoteRead(BaseModel):
    """Something worth knowing about a row that was taken."""

    code: str = Field(description="Never changes, whatever the language")
    message: str = Field(description="What is said, in the language asked for")
    hint: str = Field(description="What to do about it")
    row: int | None = Field(default=None, description="Row as your own file counts it; left out for the whole file")
    sheet: str | None = Field(default=None, description="Sheet of the row, where a workbook has several with rows")
    column: str | None = Field(default=None, description="As your file calls it, else as the format does")
    cell: str | None = Field(default=None, description="Cell of a workbook, like C12 or Answers!C12")
    pointer: str | None = Field(default=None, description="JSON Pointer to the place in the body")
    line: int | None = Field(
        default=None,
        description="Line as an editor counts, where it is not the row: where a text cannot be read, and in CSV below "
        "cells of several lines",
    )


class AnswerRead(BaseModel):
    """The figure of one input for one calendar year; a missing one has no value."""

    code: str = Field(description="Code of the input")
    year: int = Field(description="Calendar year")
    state: AnswerStateName
    value: float | None
    status: str | None = Field(description="Observation status: E, P or B; nothing for a normal value")
    reason: str | None = Field(description="Why a warning about the figure is all right")
    comment: str | None
    period: str | None = Field(description="Fiscal year, as 2023-07-01/2024-06-30, where it is not the calendar year")


class ClaimRead(BaseModel):
    """A claim that a KPI does not apply or is left out, and what the secretariat says of it; a refused one is void."""

    code: str = Field(description="Code of the KPI")
    state: ClaimStateName
    reason: str
    decision: DecisionName | None = Field(description="Null while nobody has decided, and for what is opted out")
    decision_reason: str | None = Field(description="Why it was refused")


class DisclosureBody(Strict):
    """Who may see what: the level of each KPI named, and of all others."""

    default: Level = Field(default=MOST_CLOSED, description="The level of all KPIs that are not named")
    kpis: Annotated[
        dict[Annotated[str, StringConstraints(max_length=64)], Level],
        Field(max_length=2_000, description="Levels by code of the KPI"),
    ] = {}


class SubmissionState(BaseModel):
    """How far a submission is. `revision` grows with every change that others are told about."""

    cycle: str
    administration: str
    status: Status
    revision: int
    return_reason: str | None = Field(description="Why it was last returned; null once it is submitted again")
    in_force_at: datetime | None = Field(
        description="Moment of the accepted content that counts, also while a revision is prepared; else nothing"
    )
