"""Withdraw: a member takes its submission back, at any time."""

from service_kit.clock import Clock
from submission_svc.application.commands.changing import ChangeOfSubmission, change
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.content import Content
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.events import SubmissionWithdrawn
from submission_svc.domain.submission import Submission


class WithdrawSubmission(ChangeOfSubmission):
    """Take this submission back."""


def withdraw_submission(command: WithdrawSubmission, uow: UnitOfWork, clock: Clock) -> Submission:
    """Withdraw it, from submitted or accepted, or while a revision is prepared; a withdrawn one stays as it is.

    Raises:
        ProblemError: `submission.wrong_status` (409).
    """

    def decide(_: Cycle, submission: Submission, __: Content) -> Submission:
        return submission if submission.status == "withdrawn" else submission.withdraw(clock())

    return change(command, uow, decide, SubmissionWithdrawn)
