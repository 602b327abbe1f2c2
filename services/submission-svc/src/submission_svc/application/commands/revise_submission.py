"""Revise: a member opens its accepted submission for changes, while what was accepted stays in force."""

from service_kit.clock import Clock
from submission_svc.application.commands.changing import ChangeOfSubmission, change
from submission_svc.application.commands.finding import require_window
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.content import Content
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.submission import Submission


class ReviseSubmission(ChangeOfSubmission):
    """Open this accepted submission for changes."""


def revise_submission(command: ReviseSubmission, uow: UnitOfWork, clock: Clock) -> Submission:
    """Open it while the cycle takes answers; one that is being revised already stays as it is.

    Raises:
        ProblemError: `cycle.closed`, `cycle.not_open`, `submission.wrong_status` (409).
    """

    def decide(cycle: Cycle, submission: Submission, _: Content) -> Submission:
        if submission.status == "draft" and submission.in_force_at is not None:
            return submission
        now = clock()
        require_window(uow, cycle, [submission.administration], now.date())
        return submission.revise(now)

    return change(command, uow, decide, "submission.revised")
