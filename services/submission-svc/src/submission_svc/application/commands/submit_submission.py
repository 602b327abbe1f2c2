"""Submit: a member hands its submission in."""

from dataclasses import replace

from service_kit.clock import Clock
from submission_svc.application.commands.changing import ChangeOfSubmission, change
from submission_svc.application.ports import UnitOfWork
from submission_svc.domain.content import Content
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.events import SubmissionSubmitted
from submission_svc.domain.submission import Submission


class SubmitSubmission(ChangeOfSubmission):
    """Hand this submission in."""


def submit_submission(command: SubmitSubmission, uow: UnitOfWork, clock: Clock) -> Submission:
    """Submit; a submitted one stays as it is. After the deadline it is refused, or taken and marked, as the cycle says.

    Raises:
        ProblemError: `cycle.closed`, `cycle.not_open`, `submission.wrong_status`, `submission.empty` (409).
    """

    def decide(cycle: Cycle, submission: Submission, content: Content) -> Submission:
        if submission.status == "submitted":
            return submission
        now = clock()
        extension = uow.extensions.find(cycle.code, submission.administration)
        until = None if extension is None else extension.until
        cycle.require_writable(now.date(), until)
        is_late = cycle.state(now.date(), until) == "late"
        return replace(submission.submit(content, now), is_late=is_late)

    return change(command, uow, decide, SubmissionSubmitted)
