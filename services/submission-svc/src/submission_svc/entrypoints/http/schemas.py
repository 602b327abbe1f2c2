"""Bodies that several routes share."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from access_policy import Level
from submission_svc.domain.content import AnswerStateName, ClaimStateName
from submission_svc.domain.push.wording import has_unwritable
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

    code: str
    message: str
    row: int


class AnswerRead(BaseModel):
    """The figure of one input for one calendar year; a missing one has no value."""

    code: str
    year: int
    state: AnswerStateName
    value: float | None
    comment: str | None


class ClaimRead(BaseModel):
    """A claim that a KPI does not apply or is left out."""

    code: str
    state: ClaimStateName
    reason: str


class DisclosureBody(Strict):
    """Who may see what: the level of each KPI named, and of all others."""

    default: Level = Level.RESTRICTED
    kpis: Annotated[dict[Annotated[str, StringConstraints(max_length=64)], Level], Field(max_length=2_000)] = {}


class SubmissionState(BaseModel):
    """How far a submission is. `revision` grows with every change that others are told about."""

    cycle: str
    administration: str
    status: Status
    revision: int
    return_reason: str | None
