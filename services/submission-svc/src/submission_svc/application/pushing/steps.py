"""The steps of one push in its transaction: find and lock, check, end what is replaced, write, audit."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from answer_intake.checking import Checked, check
from answer_intake.findings import UnreadableError
from answer_intake.report import Report
from answer_intake.rows import Table
from answer_intake.rulebook import Rulebook, Rulebooks
from answer_intake.scoping import Scope
from answer_intake.taken import Taken
from answer_intake.violations import document
from answer_intake.workbook.facts import TemplateFacts
from answer_intake.workbook.placed import refuse_other_template
from framework_spec.document import Framework
from submission_svc.application.commands.finding import require_administration, require_cycle, require_window
from submission_svc.application.commands.judging import judged, rulebook_of
from submission_svc.application.intake_refusals import AnswersInvalidError, unreadable
from submission_svc.application.judgements import warning_document
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.application.pushing.answering import Result, unanswered
from submission_svc.application.pushing.command import PushAnswers
from submission_svc.application.pushing.foreseeing import foresee
from submission_svc.application.pushing.replacing import end_the_rest
from submission_svc.application.refusals import submission_not_found
from submission_svc.application.watching import Watch
from submission_svc.domain.content import Content, Written
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.status_refusals import locked
from submission_svc.domain.submission import Submission, require_state

Present = Mapping[str, Submission]


class Push:
    """One push. `run` does it in the open transaction; what the answers tell is read afterwards."""

    def __init__(
        self, command: PushAnswers, table: Table, uow: UnitOfWork, rulebooks: Rulebooks, now: datetime, watch: Watch
    ) -> None:
        self.command, self.now = command, now
        self._table, self._uow, self._watch = table, uow, watch
        self.cycle: Cycle = require_cycle(uow, command.cycle)
        self.rulebook: Rulebook = rulebook_of(uow, rulebooks, self.cycle)

    def framework(self) -> Framework:
        """The document of the cycle's framework."""
        return self._uow.frameworks.document(self.cycle.framework_digest)

    def run(self) -> Result:
        """Do it.

        Raises:
            ProblemError: see `push_answers`.
        """
        members = self._members()
        self._require_own_template()
        named = self._named(members)
        self._require_writable(self._uow.submissions.find(self.cycle.code, named))
        wanted = self.command.options.wanted_scope
        scope = wanted(self.framework()) if self.command.options.scope is not None else None
        checked, report = self._checked(members, scope)  # which is long for many rows, so nobody waits for it
        present: Present = self._uow.submissions.lock(self.cycle.code, named)
        self._require_writable(present)
        taken = checked.taken
        self._watch.stage("saving", taken.count)
        if not self.command.options.dry_run:
            present = self._begun(present, taken)
        if scope is not None and self.command.administration is not None:
            self._end_the_rest(taken, scope, self.command.administration, present)
        if self.command.options.dry_run:
            return self._foreseen(report, taken, present)
        at = max((each.next_moment(self.now) for each in present.values()), default=self.now)
        written = self._uow.submissions.write(taken, {name: each.id for name, each in present.items()}, at)
        if written:
            self._uow.submissions.touch(list(written), at)
            self._audit(present, written)
        return Result(report, taken, present, {name: written.get(each.id, Written()) for name, each in present.items()})

    def answer(self, result: Result) -> dict[str, Any]:
        """What a push is answered with."""
        said = result.answer(self.command.language)
        if self.command.administration is None:
            return {**said, "submissions": result.states()}
        submission = result.present[self.command.administration]
        return {
            **said,
            **self.judged(self._content(submission), submission),
            "submission": {
                "status": submission.status,
                "revision": submission.revision,
                "tag": result.tag(self.command.administration),
            },
        }

    def judged(self, content: Content, submission: Submission) -> dict[str, Any]:
        """What the rules say of a content, what is to be explained, and how much is still asked for."""
        language = self.command.language
        judgement = judged(self._uow, self.rulebook, self.cycle, submission, content, self.now, language)
        return {
            "violations": [dict(document(each)) for each in judgement.broken],
            "warnings": [warning_document(each) for each in judgement.warnings],
            "unanswered": unanswered(content, self.rulebook),
        }

    def _content(self, submission: Submission) -> Content:
        return self._uow.submissions.content(submission.id)

    def _members(self) -> frozenset[str]:
        """Whom the push may be about."""
        if self.command.administration is None:
            return self._uow.populations.members(self.cycle)
        require_administration(self._uow, self.cycle, self.command.administration)
        return frozenset({self.command.administration})

    def _require_own_template(self) -> None:
        """Refuse a filled-in template of another member, cycle or framework version."""
        command, cycle = self.command, self.cycle
        framework = (cycle.framework, cycle.framework_version, cycle.framework_digest)
        try:
            refuse_other_template(self._table, TemplateFacts(cycle.code, command.administration, *framework))
        except UnreadableError as error:
            raise unreadable(error.finding, command.format, command.language) from None

    def _named(self, members: frozenset[str]) -> frozenset[str]:
        """Whom the push seems to be about, before its rows are checked; they may report now."""
        named = members
        if self.command.administration is None:
            named &= {row.administration for row in self._table.rows if isinstance(row.administration, str)}
        require_window(self._uow, self.cycle, named, (self.command.received_at or self.now).date())
        return named

    def _require_writable(self, present: Present) -> None:
        """Refuse submissions in a state that takes no push, or another one than the sender has read."""
        if self.command.administration is not None:
            require_state(present.get(self.command.administration), self.command.expected)
        _require_editable(present)
        if not present and self.command.options.mode == "delete":
            raise submission_not_found(self.command.administration or "")

    def _checked(self, members: frozenset[str], scope: Scope | None) -> tuple[Checked, Report]:
        command = self.command
        if command.options.mode == "delete":
            return Checked(Taken(), [], []), Report(command.format, 0, [])
        checked = check(
            self._table,
            self.rulebook,
            member=command.administration,
            members=members,
            scope=scope,
            advance=self._watch.advance,
        )
        report = Report(command.format, self._table.received, checked.findings, checked.notes)
        takes_good = command.options.on_error == "take_good" and checked.taken.count
        if checked.findings and not takes_good:
            raise AnswersInvalidError(report, command.language)
        return checked, report

    def _end_the_rest(self, taken: Taken, scope: Scope, administration: str, present: Present) -> None:
        submission = present.get(administration)
        if submission is not None:
            end_the_rest(taken, scope, administration, self._content(submission))

    def _foreseen(self, report: Report, taken: Taken, present: Present) -> Result:
        """What would be, with nothing written for it."""
        held = {name: self._content(submission) for name, submission in present.items()}
        new = {name: Submission.start(self.cycle.code, name, self.now) for name in taken.administrations()}
        foreseen = foresee(taken, {name: held.get(name, Content()) for name in {**new, **present}})
        return Result(report, taken, {**new, **present}, foreseen.written, foreseen.contents)

    def _begun(self, present: Present, taken: Taken) -> Present:
        new = set(taken.administrations()) - present.keys()
        if not new:
            return present
        self._uow.submissions.start(self.cycle.code, new, self.now)
        present = self._uow.submissions.lock(self.cycle.code, taken.administrations())
        _require_editable(present)
        return present

    def _audit(self, present: Present, written: Mapping[UUID, Written]) -> None:
        command = self.command
        digest = "sha256:" + hashlib.sha256(command.body).hexdigest()
        entries = {
            f"{self.cycle.code}/{name}": {
                "created": written[submission.id].created,
                "updated": written[submission.id].updated,
                "removed": written[submission.id].removed,
                "body_digest": digest,
                **command.options.said,
            }
            for name, submission in present.items()
            if submission.id in written
        }
        self._uow.audit.record_many(command.actor, "answers.pushed", entries)


def _require_editable(submissions: Present) -> None:
    if len(submissions) == 1:
        next(iter(submissions.values())).require_editable()
    for status in ("submitted", "accepted"):
        names = [name for name, submission in submissions.items() if submission.status == status]
        if names:
            raise locked(names, status)
