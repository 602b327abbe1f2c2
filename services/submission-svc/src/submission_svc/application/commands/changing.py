"""What all changes of a submission's state have in common: lock, decide, save, audit, publish."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from submission_svc.application.commands.finding import require_cycle, require_submission
from submission_svc.application.ports import UnitOfWork
from submission_svc.domain.content import Content
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.events import SubmissionEvent, submission_event
from submission_svc.domain.submission import Submission

Decide = Callable[[Cycle, Submission, Content], Submission]


@dataclass(frozen=True)
class ChangeOfSubmission:
    """Whose submission in which cycle, and who wants it changed."""

    cycle: str
    administration: str
    actor: str


def change(command: ChangeOfSubmission, uow: UnitOfWork, decide: Decide, event: type[SubmissionEvent]) -> Submission:
    """Bring the submission to what `decide` says; the very same submission back means that nothing is to be done.

    Raises:
        ProblemError: `cycle.not_found`, `submission.not_found` (404), and whatever `decide` refuses.
    """
    with uow:
        cycle = require_cycle(uow, command.cycle)
        before = require_submission(uow, cycle, command.administration)
        content = uow.submissions.content(before.id)
        after = decide(cycle, before, content)
        if after is before:
            return before
        uow.submissions.save(after)
        action = event.TYPE.removesuffix(".v1")
        uow.audit.record(command.actor, action, f"{cycle.code}/{after.administration}", _detail(after, content))
        if after.revision != before.revision:
            uow.publish(submission_event(event, cycle, after, content))
        uow.commit()
    return after


def _detail(submission: Submission, content: Content) -> dict[str, Any]:
    return {
        "status": submission.status,
        "revision": submission.revision,
        "answers": len(content.answers),
        "claims": len(content.claims),
        "content_digest": content.digest(),
    }
