"""Submit: a member hands its submission in."""

from dataclasses import dataclass, field, replace

from answer_intake.rulebook import Rulebooks
from service_kit.clock import Clock
from submission_svc.application.commands.changing import ChangeOfSubmission, change
from submission_svc.application.commands.judging import judged, rulebook_of
from submission_svc.application.judgements import require_complete
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.content import Content
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.events import SubmissionSubmitted
from submission_svc.domain.submission import Submission


@dataclass(frozen=True)
class SubmitSubmission(ChangeOfSubmission):
    """Hand this submission in. The loader, who brings what others have decided, is not asked for reasons."""

    asks_reasons: bool = field(default=True, kw_only=True)
    language: str = field(default="en", kw_only=True)


def submit_submission(command: SubmitSubmission, uow: UnitOfWork, rulebooks: Rulebooks, clock: Clock) -> Submission:
    """Submit; a submitted one stays as it is. After the deadline it is refused, or taken and marked, as the cycle says.

    Where the framework has rules, what blocks and what has no reason yet is all told at once.

    Raises:
        ProblemError: `cycle.closed`, `cycle.not_open`, `submission.wrong_status`, `submission.empty`,
            `submission.incomplete` (409).
    """

    def decide(cycle: Cycle, submission: Submission, content: Content) -> Submission:
        if submission.status == "submitted":
            return submission
        now = clock()
        extension = uow.extensions.find(cycle.code, submission.administration)
        until = None if extension is None else extension.until
        cycle.require_writable(now.date(), until)
        is_late = cycle.state(now.date(), until) == "late"
        handed_in = replace(submission.submit(content, now), is_late=is_late)
        rulebook = rulebook_of(uow, rulebooks, cycle)
        if rulebook.pack.rules:
            judgement = judged(uow, rulebook, cycle, submission, content, now, command.language)
            require_complete(judgement, asks_reasons=command.asks_reasons)
        return handed_in

    return change(command, uow, decide, SubmissionSubmitted)
