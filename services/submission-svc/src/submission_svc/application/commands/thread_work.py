"""What all commands on threads have in common: whose thread, who speaks, and where it is found."""

from dataclasses import dataclass
from uuid import UUID

from submission_svc.application.commands.finding import require_cycle, require_submission
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.submission import Submission
from submission_svc.domain.thread import Party, Thread, thread_not_found


@dataclass(frozen=True)
class Speaking:
    """In whose submission of which cycle who speaks, and for which side."""

    cycle: str
    administration: str
    actor: str
    party: Party


def find_submission(command: Speaking, uow: UnitOfWork) -> tuple[Cycle, Submission]:
    """The cycle and the submission, locked for this transaction.

    Raises:
        ProblemError: `cycle.not_found`, `submission.not_found` (404).
    """
    cycle = require_cycle(uow, command.cycle)
    return cycle, require_submission(uow, cycle, command.administration)


def find_thread(command: Speaking, thread: UUID, uow: UnitOfWork) -> Thread:
    """The thread of this submission, locked for this transaction.

    Raises:
        ProblemError: `cycle.not_found`, `submission.not_found`, `thread.not_found` (404).
    """
    _, submission = find_submission(command, uow)
    found = uow.threads.find(submission.id, thread)
    if found is None:
        raise thread_not_found(thread)
    return found


def note(command: Speaking, action: str, thread: Thread, uow: UnitOfWork) -> None:
    """Note in the audit trail what was done, without what was said."""
    detail = {"thread": str(thread.id), "about": thread.kind, "code": thread.code}
    uow.audit.record(command.actor, action, f"{command.cycle}/{command.administration}", detail)
