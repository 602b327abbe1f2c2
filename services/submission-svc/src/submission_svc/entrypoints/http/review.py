"""Review over HTTP: opening an accepted submission for changes, and deciding on claims."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field, model_validator

from service_kit.problems import responses
from submission_svc.application.commands.decide_on_claim import DecideOnClaim, decide_on_claim
from submission_svc.application.commands.revise_submission import ReviseSubmission, revise_submission
from submission_svc.domain.content import Decision, DecisionName
from submission_svc.entrypoints.http.dependencies import (
    AdministrationCode,
    CycleCode,
    Deps,
    Secretariat,
    Submitter,
)
from submission_svc.entrypoints.http.schemas import PlainText, Strict, SubmissionState
from submission_svc.entrypoints.http.tags import CHECKED, Expected, tell_tag, told

router = APIRouter(prefix="/api/v1/cycles/{cycle}/submissions/{administration}", tags=["review"])
KpiCode = Annotated[str, Path(pattern=r"^[A-Z0-9][A-Z0-9_.-]{0,63}$", description="Code of the KPI")]


class DecisionBody(Strict):
    """What the secretariat says of a claim that a KPI does not apply; a refusal has a reason."""

    decision: DecisionName
    reason: PlainText | None = None

    @model_validator(mode="after")
    def _has_reason(self) -> "DecisionBody":
        if self.decision == "refused" and self.reason is None:
            raise ValueError("a refusal needs a reason, which the member reads")
        return self


class ClaimDecisionRead(BaseModel):
    """A claim as it was decided on."""

    code: str
    state: Literal["not_applicable"] = "not_applicable"
    decision: DecisionName
    decision_reason: str | None
    submission: SubmissionState = Field(description="How far the submission is after it")


@router.post("/revise", response_model=SubmissionState, responses={**CHECKED, **responses(401, 403, 404, 409)})
def post_revise(
    cycle: CycleCode,
    administration: AdministrationCode,
    viewer: Submitter,
    deps: Deps,
    response: Response,
    expected: Expected,
) -> Any:
    """Open an accepted submission for changes while the cycle takes answers.

    What was accepted stays in force, and its scores stay as they are, until the revision has been submitted and
    accepted. Withdrawing takes everything back.
    """
    command = ReviseSubmission(cycle, administration, viewer.subject, expected=expected)
    return told(revise_submission(command, deps.unit_of_work(), deps.clock), response)


@router.put(
    "/claims/{kpi}/decision",
    response_model=ClaimDecisionRead,
    responses={**CHECKED, **responses(401, 403, 404, 409, 422)},
)
def put_decision(
    cycle: CycleCode,
    administration: AdministrationCode,
    kpi: KpiCode,
    body: DecisionBody,
    viewer: Secretariat,
    deps: Deps,
    response: Response,
    expected: Expected,
) -> Any:
    """Confirm or refuse a claim that a KPI does not apply, while the submission is submitted or accepted.

    A refused claim no longer counts: the KPI is missing until the member answers it. Accepting a submission confirms
    the claims that were not refused. A member that changes the claim has it decided on anew.
    """
    said = Decision(body.decision, body.reason)
    command = DecideOnClaim(cycle, administration, viewer.subject, kpi, said, expected=expected)
    submission = decide_on_claim(command, deps.unit_of_work(), deps.clock)
    tell_tag(response, submission.tag)
    return {
        "code": kpi,
        "decision": said.decision,
        "decision_reason": said.reason,
        "submission": told(submission, response),
    }
