"""Decide on a claim: the secretariat confirms or refuses that a KPI does not apply to a member."""

from dataclasses import dataclass

from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError
from submission_svc.application.commands.changing import ChangeOfSubmission, change
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.content import Claim, Content, Decision
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.events import ClaimDecided
from submission_svc.domain.submission import Submission


@dataclass(frozen=True)
class DecideOnClaim(ChangeOfSubmission):
    """Say this of the claim about this KPI."""

    kpi: str
    said: Decision


def decide_on_claim(command: DecideOnClaim, uow: UnitOfWork, clock: Clock) -> Submission:
    """Decide while the submission is submitted or accepted; the same decision again changes nothing.

    A refused claim no longer counts: the KPI is missing. Others hear of it, as of a refusal that is taken back.

    Raises:
        ProblemError: `claim.not_found` (404), `claim.not_decidable`, `submission.wrong_status` (409).
    """

    def decide(_: Cycle, submission: Submission, content: Content) -> Submission:
        claim = _claim(command, content)
        if (claim.decision, claim.decision_reason) == (command.said.decision, command.said.reason):
            return submission
        is_told = (claim.decision == "refused") != (command.said.decision == "refused")
        return submission.decide_claims(clock(), is_told=is_told)

    def write(after: Submission, content: Content) -> Content:
        decisions = {command.kpi: command.said}
        uow.claims.decide(after.id, decisions, after.changed_at)
        return content.decided(decisions)

    return change(command, uow, decide, ClaimDecided, write=write)


def _claim(command: DecideOnClaim, content: Content) -> Claim:
    found = next((each for each in content.claims if each.kpi == command.kpi), None)
    if found is None:
        raise ProblemError(
            "claim.not_found",
            Kind.NOT_FOUND,
            f"{command.administration} claims nothing about a KPI {command.kpi} in this cycle.",
        )
    if found.state != "not_applicable":
        raise ProblemError(
            "claim.not_decidable",
            Kind.CONFLICT,
            f"{command.administration} opted out of {command.kpi}, which is its own choice. "
            "Only a claim that a KPI does not apply is confirmed or refused.",
        )
    return found
