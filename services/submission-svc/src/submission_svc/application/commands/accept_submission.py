"""Accept: the secretariat finds a submission complete. It does not approve of performance."""

from service_kit.clock import Clock
from submission_svc.application.commands.changing import ChangeOfSubmission, change
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.content import Content, Decision
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.events import SubmissionAccepted
from submission_svc.domain.submission import Submission


class AcceptSubmission(ChangeOfSubmission):
    """Accept this submission."""


def accept_submission(command: AcceptSubmission, uow: UnitOfWork, clock: Clock) -> Submission:
    """Accept, also after the cycle has closed; an accepted one stays as it is.

    Claims that a KPI does not apply are confirmed with it, unless they were refused before.

    Raises:
        ProblemError: `submission.wrong_status` (409).
    """

    def decide(_: Cycle, submission: Submission, __: Content) -> Submission:
        return submission if submission.status == "accepted" else submission.accept(clock())

    def confirm(accepted: Submission, content: Content) -> Content:
        decisions = {each.kpi: Decision("confirmed", None) for each in content.claims if each.awaits_decision}
        if decisions:
            uow.claims.decide(accepted.id, decisions, accepted.changed_at)
        return content.decided(decisions)

    return change(command, uow, decide, SubmissionAccepted, write=confirm)
