"""What all changes of a submission's state have in common: lock, decide, save, audit, publish."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from submission_svc.application.commands.finding import require_cycle, require_submission
from submission_svc.application.ports import UnitOfWork
from submission_svc.domain.content import Content
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.events import SubmissionEvent, submission_event
from submission_svc.domain.submission import Submission

Decide = Callable[[Cycle, Submission, Content], Submission]
Find = Callable[[UnitOfWork, Cycle, str], Submission]


@dataclass(frozen=True)
class ChangeOfSubmission:
    """Whose submission in which cycle, and who wants it changed; `expected` are tags of states he has read, if any."""

    cycle: str
    administration: str
    actor: str
    expected: frozenset[str] | None = field(default=None, kw_only=True)


def change(
    command: ChangeOfSubmission,
    uow: UnitOfWork,
    decide: Decide,
    event: type[SubmissionEvent],
    find: Find = require_submission,
) -> Submission:
    """Bring the submission to what `decide` says; the very same submission back means that nothing is to be done.

    Raises:
        ProblemError: `cycle.not_found`, `submission.not_found` (404), `submission.changed` (412), and whatever `find`
            and `decide` refuse.
    """
    with uow:
        cycle = require_cycle(uow, command.cycle)
        before = find(uow, cycle, command.administration)
        before.require_unchanged(command.expected)
        content = uow.submissions.content(before.id)
        after = decide(cycle, before, content)
        if after is before:
            return before
        uow.submissions.save(after)
        if (after.status, after.in_force_at) != (before.status, before.in_force_at):
            uow.submissions.note_step(after, command.actor, after.return_reason)
        action = event.TYPE.removesuffix(".v1")
        uow.audit.record(command.actor, action, f"{cycle.code}/{after.administration}", _detail(before, after, content))
        if after.revision != before.revision:
            uow.publish(submission_event(event, cycle, after, content))
        uow.commit()
    return after


def _detail(before: Submission, after: Submission, content: Content) -> dict[str, Any]:
    """What the audit trail keeps: everything but values."""
    detail: dict[str, Any] = {
        "status": after.status,
        "revision": after.revision,
        "answers": len(content.answers),
        "claims": len(content.claims),
        "content_digest": content.digest(),
    }
    if after.return_reason is not None and after.return_reason != before.return_reason:
        detail["reason"] = after.return_reason
    if after.status == before.status:  # then what changed is the disclosure
        detail["disclosure"] = {"before": before.disclosure.as_dict(), "after": after.disclosure.as_dict()}
    return detail
