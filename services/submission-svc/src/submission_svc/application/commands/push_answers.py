"""Push answers and claims into the draft of one administration, or of many at once; or delete a part of them."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from answer_intake.findings import Finding, UnreadableError
from answer_intake.reading import read
from answer_intake.rows import Table
from answer_intake.rulebook import Rulebooks
from service_kit.clock import Clock
from service_kit.idempotency import StoredAnswer, request_digest
from submission_svc.application.intake_refusals import unreadable
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.application.pushing.answering import Result
from submission_svc.application.pushing.command import PushAnswers
from submission_svc.application.pushing.dry_run import dry_run_answer
from submission_svc.application.pushing.projecting import Projection
from submission_svc.application.pushing.steps import Push
from submission_svc.application.watching import Unwatched, Watch

NOBODY = Unwatched()


@dataclass(frozen=True)
class Pushed:
    """The answer as JSON, and whether it is the stored one of an earlier request; of a dry run also what to score."""

    body: str
    is_replay: bool = False
    projection: Projection | None = None


def push_answers(
    command: PushAnswers, uow: UnitOfWork, rulebooks: Rulebooks, clock: Clock, watch: Watch = NOBODY
) -> Pushed:
    """Check everything, then save all of it or nothing, or the good rows if asked for; the same again writes nothing.

    Raises:
        AnswersInvalidError: `answers.invalid` (422) with all errors and their report.
        ProblemError: `answers.malformed` (400), `answers.too_many_rows` (413), `cycle.not_found`,
            `administration.not_found` and (deleting) `submission.not_found` (404), `cycle.closed`, `cycle.not_open` and
            `submission.locked` (409), `answers.unknown_scope`, `idempotency.key_reused` (422).
    """
    command.options.require_sense()
    watch.stage("reading")
    table = _table(command)
    watch.stage("checking", len(table.rows))
    with uow:
        stored = _claimed(command, uow)
        if stored is not None:
            return Pushed(stored.body, is_replay=True)
        push = Push(command, table, uow, rulebooks, clock(), watch)
        result = push.run()
        if command.options.dry_run:
            pushed = _rehearsed(push, result)
        else:
            pushed = Pushed(_text(push.answer(result)))
            _store(command, uow, pushed.body)
            watch.settle(uow, pushed.body, result.report.findings, table.received)
            uow.commit()
            return pushed
    _settle_apart(uow, watch, pushed, result.report.findings, table.received)
    return pushed


def _table(command: PushAnswers) -> Table:
    if command.options.mode == "delete":
        return Table()
    try:
        return read(command.body, command.format, many=command.administration is None)
    except UnreadableError as error:
        raise unreadable(error.finding, command.format, command.language) from None


def _claimed(command: PushAnswers, uow: UnitOfWork) -> StoredAnswer | None:
    """The stored answer to the same request; a dry run changes nothing and is asked anew each time."""
    if command.idempotency_key is None or command.options.dry_run:
        return None
    digest = request_digest(command.method, command.request_name, command.body)
    return uow.idempotency.claim(command.actor, command.idempotency_key, digest)


def _store(command: PushAnswers, uow: UnitOfWork, body: str) -> None:
    if command.idempotency_key is not None:
        uow.idempotency.store(command.actor, command.idempotency_key, 200, body)


def _rehearsed(push: Push, result: Result) -> Pushed:
    answer, projection = dry_run_answer(push, result)
    return Pushed(_text(answer), projection=projection)


def _settle_apart(uow: UnitOfWork, watch: Watch, pushed: Pushed, findings: Collection[Finding], rows: int) -> None:
    """Of a dry run nothing is kept but what it has found."""
    with uow:
        watch.settle(uow, pushed.body, findings, rows)
        uow.commit()


def _text(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False)
