"""Remove evidence from a draft; what was accepted with it keeps it."""

from dataclasses import dataclass
from uuid import UUID

from service_kit.clock import Clock
from submission_svc.application.commands.finding import require_cycle, require_submission, require_window
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.evidence import evidence_not_found


@dataclass(frozen=True)
class RemoveEvidence:
    """Let this file no longer stand for anything."""

    cycle: str
    administration: str
    evidence: UUID
    actor: str


def remove_evidence(command: RemoveEvidence, uow: UnitOfWork, clock: Clock) -> None:
    """Take it away from now on; once more changes nothing.

    Raises:
        ProblemError: `evidence.not_found`, `submission.not_found`, `cycle.not_found` (404), `submission.locked`,
            `cycle.closed`, `cycle.not_open` (409).
    """
    with uow:
        now = clock()
        cycle = require_cycle(uow, command.cycle)
        submission = require_submission(uow, cycle, command.administration)
        found = uow.evidence.find(submission.id, command.evidence)
        if found is None:
            raise evidence_not_found(command.evidence)
        if found.until is not None:
            return
        require_window(uow, cycle, [command.administration], now.date())
        submission.require_editable()
        at = submission.next_moment(now)
        uow.evidence.end(found.id, at)
        uow.submissions.touch([submission.id], at)
        detail = {"evidence": str(found.id), "about": found.about, "sha256": found.sha256}
        uow.audit.record(command.actor, "evidence.removed", f"{cycle.code}/{command.administration}", detail)
        uow.commit()
