"""Push answers and claims into the draft of one administration, or of many at once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from answer_intake.checking import check
from answer_intake.findings import UnreadableError
from answer_intake.formats import Format
from answer_intake.reading import read
from answer_intake.report import Report
from answer_intake.rows import Table
from answer_intake.rulebook import Rulebooks
from answer_intake.taken import Taken
from answer_intake.workbook.facts import TemplateFacts
from answer_intake.workbook.placed import refuse_other_template
from framework_spec.rules import rule_pack
from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError
from service_kit.idempotency import request_digest
from submission_svc.application.commands.finding import require_cycle, require_window
from submission_svc.application.intake_refusals import MOST_LISTED, AnswersInvalidError, unreadable
from submission_svc.application.ports import UnitOfWork
from submission_svc.application.refusals import administration_not_found
from submission_svc.domain.content import Written
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.submission import Submission, locked_words


@dataclass(frozen=True)
class PushAnswers:
    """Merge the body into the draft of `administration`; when that is None, each row names its own."""

    cycle: str
    administration: str | None
    body: bytes
    format: Format
    actor: str
    path: str
    language: str = "en"
    idempotency_key: str | None = None


@dataclass(frozen=True)
class Pushed:
    """The answer as JSON, and whether it is the stored one of an earlier request."""

    body: str
    is_replay: bool


def push_answers(command: PushAnswers, uow: UnitOfWork, rulebooks: Rulebooks, clock: Clock) -> Pushed:
    """Check everything, then save everything or nothing; the same content again writes nothing.

    Raises:
        AnswersInvalidError: `answers.invalid` (422) with all errors and their report.
        ProblemError: `answers.malformed` (400), `answers.too_many_rows` (413), `cycle.not_found` and
            `administration.not_found` (404), `cycle.closed`, `cycle.not_open` and `submission.locked` (409),
            `idempotency.key_reused` (422).
    """
    try:
        table = read(command.body, command.format, many=command.administration is None)
    except UnreadableError as error:
        raise unreadable(error.finding, command.format, command.language) from None
    with uow:
        if command.idempotency_key is not None:
            digest = request_digest("POST", command.path, command.body)
            stored = uow.idempotency.claim(command.actor, command.idempotency_key, digest)
            if stored is not None:
                return Pushed(stored.body, is_replay=True)
        body = json.dumps(_push(command, table, uow, rulebooks, clock), ensure_ascii=False)
        if command.idempotency_key is not None:
            uow.idempotency.store(command.actor, command.idempotency_key, 200, body)
        uow.commit()
    return Pushed(body, is_replay=False)


def _push(command: PushAnswers, table: Table, uow: UnitOfWork, rulebooks: Rulebooks, clock: Clock) -> dict[str, Any]:
    now = clock()
    cycle = require_cycle(uow, command.cycle)
    members = _members(command, cycle, uow)
    _require_own_template(command, table, cycle)
    named = _named(command, table, members)
    require_window(uow, cycle, named, now.date())
    present = uow.submissions.lock(cycle.code, named)
    _require_editable(present)
    rulebook = rulebooks.get(
        cycle.framework_digest,
        cycle.reporting_year,
        lambda: rule_pack(uow.frameworks.document(cycle.framework_digest)),
    )
    checked = check(table, rulebook, member=command.administration, members=members)
    report = Report(command.format, table.received, checked.findings, checked.notes)
    if checked.findings:
        raise AnswersInvalidError(report, command.language)
    taken = checked.taken
    new = set(taken.administrations()) - present.keys()
    if new:
        uow.submissions.start(cycle.code, new, now)
        present = uow.submissions.lock(cycle.code, taken.administrations())
        _require_editable(present)
    at = max((each.next_moment(now) for each in present.values()), default=now)
    written = uow.submissions.write(taken, {name: each.id for name, each in present.items()}, at)
    if written:
        uow.submissions.touch(list(written), at)
        _audit(command, cycle, present, written, uow)
    return _answer(command, report, taken, present, written)


def _require_own_template(command: PushAnswers, table: Table, cycle: Cycle) -> None:
    """Refuse a filled-in template of another member, cycle or framework version."""
    framework = (cycle.framework, cycle.framework_version, cycle.framework_digest)
    try:
        refuse_other_template(table, TemplateFacts(cycle.code, command.administration, *framework))
    except UnreadableError as error:
        raise unreadable(error.finding, command.format, command.language) from None


def _members(command: PushAnswers, cycle: Cycle, uow: UnitOfWork) -> frozenset[str]:
    """Whom the push may be about."""
    if command.administration is None:
        return uow.populations.members(cycle.population)
    if not uow.populations.has(cycle.population, command.administration):
        raise administration_not_found(cycle.population, command.administration)
    return frozenset({command.administration})


def _named(command: PushAnswers, table: Table, members: frozenset[str]) -> frozenset[str]:
    """Whom the push seems to be about, before its rows are checked."""
    if command.administration is not None:
        return members
    return members & {row.administration for row in table.rows if isinstance(row.administration, str)}


def _require_editable(submissions: Mapping[str, Submission]) -> None:
    if len(submissions) == 1:
        next(iter(submissions.values())).require_editable()
    locked = [name for name, submission in submissions.items() if submission.is_locked]
    if locked:
        raise ProblemError("submission.locked", Kind.CONFLICT, locked_words(locked, "submitted"))


def _audit(
    command: PushAnswers,
    cycle: Cycle,
    present: Mapping[str, Submission],
    written: Mapping[Any, Written],
    uow: UnitOfWork,
) -> None:
    digest = "sha256:" + hashlib.sha256(command.body).hexdigest()
    entries = {
        f"{cycle.code}/{name}": {
            "created": written[submission.id].created,
            "updated": written[submission.id].updated,
            "removed": written[submission.id].removed,
            "body_digest": digest,
        }
        for name, submission in present.items()
        if submission.id in written
    }
    uow.audit.record_many(command.actor, "answers.pushed", entries)


def _answer(
    command: PushAnswers,
    report: Report,
    taken: Taken,
    present: Mapping[str, Submission],
    written: Mapping[Any, Written],
) -> dict[str, Any]:
    total = sum(written.values(), Written())
    answer: dict[str, Any] = {
        "received": report.received,
        "created": total.created,
        "updated": total.updated,
        "removed": total.removed,
        "unchanged": taken.count - total.changed,
        "notes": [report.entry(note, command.language) for note in report.notes[:MOST_LISTED]],
    }
    if command.administration is not None:
        submission = present[command.administration]
        return {**answer, "submission": {"status": submission.status, "revision": submission.revision}}
    states = [
        {"administration": name, "status": each.status, "revision": each.revision}
        for name, each in sorted(present.items())
    ]
    return {**answer, "submissions": states}
