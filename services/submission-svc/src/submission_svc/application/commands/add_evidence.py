"""Add evidence: a file that stands for the answer of a KPI or an input."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from service_kit.clock import Clock
from submission_svc.application.commands.finding import begin_submission, require_cycle, require_window
from submission_svc.application.ports.evidence import EvidenceParts, IncomingFile
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.evidence import (
    Evidence,
    fitting_name,
    plain_name,
    require_kind,
    require_known,
    require_room,
)
from submission_svc.domain.submission import Submission


@dataclass(frozen=True)
class AddEvidence:
    """Let the file that has come in stand for `about`."""

    cycle: str
    administration: str
    about: str
    name: str
    actor: str


@dataclass(frozen=True)
class Added:
    """The evidence, whether it was there already, and what there is to say about it."""

    evidence: Evidence
    is_new: bool
    note: str | None


def add_evidence(
    command: AddEvidence, incoming: IncomingFile, uow: UnitOfWork, parts: EvidenceParts, clock: Clock
) -> Added:
    """Keep the file and what it stands for; the same file for the same code under the same name changes nothing.

    The file is durable before the transaction that names it commits: what may be left over is a file without a name.

    Raises:
        ProblemError: `evidence.name`, `evidence.empty`, `evidence.unknown_code` (422), `evidence.type` (415),
            `evidence.too_many`, `evidence.too_much`, `submission.locked`, `cycle.closed`, `cycle.not_open` (409),
            `cycle.not_found`, `administration.not_found` (404), and what the store refuses.
    """
    asked = plain_name(command.name)
    received = incoming.received()
    name, kind, note = fitting_name(asked, require_kind(received, asked))
    with uow:
        now = clock()
        cycle = require_cycle(uow, command.cycle)
        codes = parts.codes.get(cycle.framework_digest, lambda: uow.frameworks.document(cycle.framework_digest))
        require_known(command.about, codes.known)
        submission = _editable(command, cycle, uow, now)
        present = uow.evidence.present(submission.id)
        for each in present:
            if (each.about, each.name, each.sha256) == (command.about, name, received.sha256):
                return Added(each, is_new=False, note=note)
        require_room(parts.limits, command.about, received.size, present, uow.evidence.bytes_ever(submission.id))
        at = submission.next_moment(now)
        file, is_new = uow.evidence.file(cycle.population, command.administration, received, at)
        if is_new or not parts.store.has(file, received.size):
            incoming.keep(file)
        added = Evidence(uuid4(), command.about, name, kind.media_type, file, received.size, received.sha256, since=at)
        _save(command, submission, added, uow)
        uow.commit()
    return Added(added, is_new=True, note=note)


def _editable(command: AddEvidence, cycle: Cycle, uow: UnitOfWork, now: datetime) -> Submission:
    """The submission, or the draft that this begins."""
    present = uow.submissions.lock(cycle.code, [command.administration])
    if not present:
        return begin_submission(uow, cycle, command.administration, now)
    require_window(uow, cycle, [command.administration], now.date())
    submission = present[command.administration]
    submission.require_editable()
    return submission


def _save(command: AddEvidence, submission: Submission, added: Evidence, uow: UnitOfWork) -> None:
    uow.evidence.add(submission.id, added, command.actor)
    uow.submissions.touch([submission.id], added.since)
    detail = {
        "evidence": str(added.id),
        "about": added.about,
        "media_type": added.media_type,
        "size": added.size,
        "sha256": added.sha256,
    }
    uow.audit.record(command.actor, "evidence.added", f"{command.cycle}/{command.administration}", detail)
