"""Open a thread about a KPI, an input or the whole submission."""

from dataclasses import dataclass

from answer_intake.rulebook import Rulebooks
from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError
from submission_svc.application.commands.judging import rulebook_of
from submission_svc.application.commands.thread_work import Speaking, find_submission, note
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.thread import MOST_THREADS, About, Comment, Thread, require_room


@dataclass(frozen=True)
class OpenThread(Speaking):
    """Say this about the KPI, the input or (without a code) the whole submission."""

    kind: About
    code: str | None
    text: str


def open_thread(command: OpenThread, uow: UnitOfWork, rulebooks: Rulebooks, clock: Clock) -> Thread:
    """Open it, whatever state the submission and its cycle are in.

    Raises:
        ProblemError: `cycle.not_found`, `submission.not_found` (404), `thread.unknown_code` (422),
            `thread.too_many` (409).
    """
    with uow:
        cycle, submission = find_submission(command, uow)
        _require_known(command, cycle, uow, rulebooks)
        require_room(uow.threads.count(submission.id), MOST_THREADS, "threads in this submission")
        now = clock()
        thread = Thread.start(submission.id, command.kind, command.code, now)
        uow.threads.add(thread)
        uow.threads.comment(thread.id, Comment(now, command.actor, command.party, command.text))
        note(command, "thread.opened", thread, uow)
        uow.commit()
    return thread


def _require_known(command: OpenThread, cycle: Cycle, uow: UnitOfWork, rulebooks: Rulebooks) -> None:
    if command.kind == "submission":
        return
    rulebook = rulebook_of(uow, rulebooks, cycle)
    known = rulebook.claims if command.kind == "kpi" else rulebook.years
    if command.code not in known:
        what, what_fr = ("KPI", "de KPI") if command.kind == "kpi" else ("input", "de donnée")
        raise ProblemError(
            "thread.unknown_code",
            Kind.INVALID,
            f"The framework has no {what} {command.code}.",
            french=f"Le cadre n'a pas {what_fr} {command.code}.",
        )
