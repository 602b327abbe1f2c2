"""Settle a thread: resolve it, or reopen what was resolved too soon."""

from dataclasses import dataclass
from uuid import UUID

from service_kit.clock import Clock
from submission_svc.application.commands.thread_work import Speaking, find_thread, note
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.thread import Thread


@dataclass(frozen=True)
class SettleThread(Speaking):
    """Resolve this thread, or reopen it."""

    thread: UUID
    is_resolved: bool


def settle_thread(command: SettleThread, uow: UnitOfWork, clock: Clock) -> Thread:
    """Bring it there; a thread that is there already stays as it is.

    Raises:
        ProblemError: `cycle.not_found`, `submission.not_found`, `thread.not_found` (404).
    """
    with uow:
        before = find_thread(command, command.thread, uow)
        after = before.resolve(command.party, clock()) if command.is_resolved else before.reopen()
        if after is not before:
            uow.threads.save(after)
            note(command, "thread.resolved" if command.is_resolved else "thread.reopened", after, uow)
            uow.commit()
    return after
