"""Comment on a thread."""

from dataclasses import dataclass
from uuid import UUID

from service_kit.clock import Clock
from submission_svc.application.commands.thread_work import Speaking, find_thread, note
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.thread import MOST_COMMENTS, Comment, Thread, require_room


@dataclass(frozen=True)
class CommentOnThread(Speaking):
    """Say this in this thread."""

    thread: UUID
    text: str


def comment_on_thread(command: CommentOnThread, uow: UnitOfWork, clock: Clock) -> Thread:
    """Add the comment to an open thread.

    Raises:
        ProblemError: `cycle.not_found`, `submission.not_found`, `thread.not_found` (404), `thread.resolved`,
            `thread.too_many` (409).
    """
    with uow:
        thread = find_thread(command, command.thread, uow)
        thread.require_open()
        require_room(uow.threads.count_comments(thread.id), MOST_COMMENTS, "comments in this thread")
        uow.threads.comment(thread.id, Comment(clock(), command.actor, command.party, command.text))
        note(command, "thread.commented", thread, uow)
        uow.commit()
    return thread
