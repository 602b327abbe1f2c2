"""Accept: the secretariat finds a submission complete. It does not approve of performance."""

from service_kit.clock import Clock
from submission_svc.application.commands.changing import ChangeOfSubmission, change
from submission_svc.application.ports import UnitOfWork
from submission_svc.domain.content import Content
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.events import SubmissionAccepted
from submission_svc.domain.submission import Submission


class AcceptSubmission(ChangeOfSubmission):
    """Accept this submission."""


def accept_submission(command: AcceptSubmission, uow: UnitOfWork, clock: Clock) -> Submission:
    """Accept, also after the cycle has closed; an accepted one stays as it is.

    Raises:
        ProblemError: `submission.wrong_status` (409).
    """

    def decide(_: Cycle, submission: Submission, __: Content) -> Submission:
        return submission if submission.status == "accepted" else submission.accept(clock())

    return change(command, uow, decide, SubmissionAccepted)
