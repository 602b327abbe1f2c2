"""Submissions over HTTP: reading them, and bringing them from draft to accepted."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from access_policy import Role
from service_kit.problems import responses
from submission_svc.application.commands.accept_submission import AcceptSubmission, accept_submission
from submission_svc.application.commands.return_submission import ReturnSubmission, return_submission
from submission_svc.application.commands.submit_submission import SubmitSubmission, submit_submission
from submission_svc.application.commands.withdraw_submission import WithdrawSubmission, withdraw_submission
from submission_svc.application.queries.aftermath import count_open_threads, read_mending
from submission_svc.application.queries.past import read_submission_as_of
from submission_svc.application.queries.submissions import list_submissions, read_submission
from submission_svc.application.queries.warnings import count_unanswered
from submission_svc.domain.submission import Status
from submission_svc.entrypoints.http.dependencies import (
    AdministrationCode,
    CycleCode,
    Deps,
    Keeper,
    Secretariat,
    SubmissionReader,
    Submitter,
)
from submission_svc.entrypoints.http.moments import AsOf
from submission_svc.entrypoints.http.schemas import (
    AnswerRead,
    ClaimRead,
    DisclosureBody,
    PlainText,
    Strict,
    SubmissionState,
)
from submission_svc.entrypoints.http.tags import CHECKED, TAGGED, Expected, tell_tag, told
from submission_svc.entrypoints.http.wanted import WantedLanguage

router = APIRouter(prefix="/api/v1/cycles/{cycle}/submissions", tags=["submissions"])
CHANGE = {**CHECKED, **responses(401, 403, 404, 409)}


Statuses = Annotated[
    tuple[Status, ...],
    Query(max_length=5, description="Only those of this status; may be given several times. Left out: all"),
]


class HeldCounts(BaseModel):
    """How much a submission holds."""

    numbers: int
    missing: int
    claims: int


class SubmissionSummary(SubmissionState):
    """A submission without its content."""

    id: UUID
    counts: HeldCounts
    open_threads: int = Field(description="Threads of review that are not resolved")
    started_at: datetime
    changed_at: datetime
    submitted_at: datetime | None
    is_late: bool = Field(description="Whether it was last submitted after the deadline of its member")
    accepted_at: datetime | None


class SubmissionList(BaseModel):
    """Submissions by administration."""

    items: list[SubmissionSummary]


class SubmissionRead(SubmissionSummary):
    """A submission with its content."""

    unanswered: int = Field(description="Figures that are asked for and neither given nor said to be missing")
    answers: list[AnswerRead]
    claims: list[ClaimRead]
    disclosure: DisclosureBody


class SubmissionAsOf(BaseModel):
    """What a submission held at a moment, and how far it was then."""

    cycle: str
    administration: str
    as_of: datetime
    status: Status
    in_force_at: datetime | None
    answers: list[AnswerRead]
    claims: list[ClaimRead]


class AcceptedState(SubmissionState):
    """How far a submission is after it was accepted, and what was left open."""

    open_threads: int = Field(description="Threads of review that are not resolved; they refuse nothing")


class ReturnedState(SubmissionState):
    """How far a submission is after it was returned, and whether the member can mend it."""

    can_be_mended: bool = Field(description="Whether the cycle takes changes and submissions of the member today")
    what_to_do: str | None = Field(description="What the secretariat can do where the member cannot mend it")


class ReturnBody(Strict):
    """Why a submission goes back."""

    reason: PlainText


@router.get("", response_model=SubmissionList, responses=responses(401, 403, 404, 422))
def get_submissions(cycle: CycleCode, viewer: SubmissionReader, deps: Deps, status: Statuses = ()) -> Any:
    """The submissions that the reader may see: the secretariat all, a member its own."""
    with deps.reader.connect() as connection:
        return {"items": list_submissions(connection, viewer, cycle, status)}


@router.get(
    "/{administration}",
    response_model=SubmissionRead | SubmissionAsOf,
    responses={**TAGGED, **responses(401, 403, 404, 422)},
)
def get_submission(
    cycle: CycleCode,
    administration: AdministrationCode,
    viewer: SubmissionReader,
    deps: Deps,
    response: Response,
    as_of: AsOf,
) -> Any:
    """One submission with all it holds. Its ETag changes with everything in it, also in a draft.

    With `as_of`, what it held at that moment and how far it was then; that has no ETag.
    """
    with deps.reader.connect() as connection:
        if as_of is not None:
            return read_submission_as_of(connection, viewer, cycle, administration, as_of)
        found = read_submission(connection, viewer, cycle, administration)
        found["unanswered"] = count_unanswered(connection, cycle, found["id"], deps.rulebooks)
    tell_tag(response, found["tag"])
    return found


@router.post("/{administration}/submit", response_model=SubmissionState, responses={**CHANGE, **responses(422)})
def post_submit(
    cycle: CycleCode,
    administration: AdministrationCode,
    viewer: Submitter,
    deps: Deps,
    response: Response,
    language: WantedLanguage,
    expected: Expected,
) -> Any:
    """Hand the submission in, with If-Match only what you have read. A submitted one stays as it is.

    Where the framework has rules, broken ones and warnings without a reason refuse it as `submission.incomplete`, with
    all of them at once: `blocking` and `warnings`, as GET .../warnings shows them.
    """
    asks = not viewer.has_role(Role.LOADER)
    command = SubmitSubmission(
        cycle, administration, viewer.subject, asks_reasons=asks, language=language, expected=expected
    )
    return told(submit_submission(command, deps.unit_of_work(), deps.rulebooks, deps.clock), response)


@router.post("/{administration}/withdraw", response_model=SubmissionState, responses=CHANGE)
def post_withdraw(
    cycle: CycleCode,
    administration: AdministrationCode,
    viewer: Submitter,
    deps: Deps,
    response: Response,
    expected: Expected,
) -> Any:
    """Take a submitted or accepted submission back; a withdrawn one stays as it is.

    While the cycle is open it may be changed and submitted again.
    """
    command = WithdrawSubmission(cycle, administration, viewer.subject, expected=expected)
    return told(withdraw_submission(command, deps.unit_of_work(), deps.clock), response)


@router.post("/{administration}/accept", response_model=AcceptedState, responses=CHANGE)
def post_accept(
    cycle: CycleCode,
    administration: AdministrationCode,
    viewer: Keeper,
    deps: Deps,
    response: Response,
    expected: Expected,
) -> Any:
    """Accept a submitted submission as complete. An accepted one stays as it is.

    With If-Match, only what you have read is accepted: a member may withdraw, change and submit again meanwhile.
    Threads that are open refuse nothing; the answer counts them.
    """
    command = AcceptSubmission(cycle, administration, viewer.subject, expected=expected)
    accepted = accept_submission(command, deps.unit_of_work(), deps.clock)
    with deps.reader.connect() as connection:
        left = count_open_threads(connection, accepted)
    return AcceptedState(**vars(told(accepted, response)), open_threads=left)


@router.post("/{administration}/return", response_model=ReturnedState, responses={**CHANGE, **responses(422)})
def post_return(
    cycle: CycleCode,
    administration: AdministrationCode,
    body: ReturnBody,
    viewer: Secretariat,
    deps: Deps,
    response: Response,
    expected: Expected,
) -> Any:
    """Give a submitted or accepted submission back to the member, with the reason; If-Match as for accepting.

    One that was returned for the very same reason stays as it is. Where the cycle takes nothing of the member today,
    the answer says so, and what you can do about it.
    """
    command = ReturnSubmission(cycle, administration, viewer.subject, body.reason, expected=expected)
    returned = return_submission(command, deps.unit_of_work(), deps.clock)
    with deps.reader.connect() as connection:
        mending = read_mending(connection, returned, deps.clock().date())
    return ReturnedState(**vars(told(returned, response)), **vars(mending))
