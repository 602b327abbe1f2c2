"""Return: the secretariat gives a submission back to the member with what is to be mended."""

from dataclasses import dataclass

from service_kit.clock import Clock
from submission_svc.application.commands.changing import ChangeOfSubmission, change
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.content import Content
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.events import SubmissionReturned
from submission_svc.domain.submission import Submission


@dataclass(frozen=True)
class ReturnSubmission(ChangeOfSubmission):
    """Give this submission back for this reason."""

    reason: str


def return_submission(command: ReturnSubmission, uow: UnitOfWork, clock: Clock) -> Submission:
    """Return it, from submitted or accepted; one that was returned for this very reason stays as it is.

    Raises:
        ProblemError: `submission.wrong_status` (409).
    """

    def decide(_: Cycle, submission: Submission, __: Content) -> Submission:
        if (submission.status, submission.return_reason) == ("returned", command.reason):
            return submission
        return submission.return_to_member(command.reason, clock())

    return change(command, uow, decide, SubmissionReturned)
