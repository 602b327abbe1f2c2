"""What all changes of a submission's state have in common: lock, decide, save, audit, publish."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from submission_svc.application.commands.finding import require_cycle, require_submission
from submission_svc.application.commands.tell_contacts import tell_contacts
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.content import Content
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.events import DisclosureChanged, SubmissionEvent, SubmissionSubmitted, submission_event
from submission_svc.domain.submission import Submission

Decide = Callable[[Cycle, Submission, Content], Submission]
Write = Callable[[Submission, Content], Content]
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
    event: type[SubmissionEvent] | str,
    find: Find = require_submission,
    write: Write | None = None,
) -> Submission:
    """Bring the submission to what `decide` says; the very same submission back means that nothing is to be done.

    `event` is what others are told, if the revision grows; where they never are, it is the name of the action alone.
    Where the change touches the content, too, `write` saves that as of the submission's `changed_at` and gives the
    content as it is then.

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
        if write is not None:
            content = write(after, content)
        if (after.status, after.in_force_at) != (before.status, before.in_force_at):
            uow.submissions.note_step(after, command.actor, after.return_reason)
        if after.status != before.status:
            tell_contacts(uow, cycle, after)
        subject = f"{cycle.code}/{after.administration}"
        uow.audit.record(command.actor, _action(event), subject, _detail(before, after, content, event))
        if not isinstance(event, str) and after.revision != before.revision:
            told = _told(before, content, event, uow)
            uow.publish(submission_event(event, cycle, after, told, _in_force(after, uow)))
        uow.commit()
    return after


def _told(before: Submission, content: Content, event: type[SubmissionEvent], uow: UnitOfWork) -> Content:
    """What others hear: of a revision that is not handed in only what is in force, also when it is withdrawn."""
    if event is SubmissionSubmitted or before.is_locked or before.in_force_at is None:
        return content
    return uow.submissions.content(before.id, before.in_force_at)


def _in_force(submission: Submission, uow: UnitOfWork) -> Content | None:
    """The accepted content that counts although the submission is not accepted, if there is any."""
    if submission.status == "accepted" or submission.in_force_at is None:
        return None
    return uow.submissions.content(submission.id, submission.in_force_at)


def _action(event: type[SubmissionEvent] | str) -> str:
    return event if isinstance(event, str) else event.TYPE.removesuffix(".v1")


def _detail(
    before: Submission, after: Submission, content: Content, event: type[SubmissionEvent] | str
) -> dict[str, Any]:
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
    decided = {each.kpi: each.decision for each in content.claims if each.decision is not None}
    if decided:
        detail["decisions"] = decided
    if event is DisclosureChanged:
        detail["disclosure"] = {"before": before.disclosure.as_dict(), "after": after.disclosure.as_dict()}
    return detail
