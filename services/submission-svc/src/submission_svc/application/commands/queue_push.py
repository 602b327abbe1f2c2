"""Queue a push: it is checked who sends it and whether it could be taken now; the rest is done by a worker.

From here on the sender's token does not matter: its rights were checked when the job was accepted.
"""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError
from service_kit.idempotency import request_digest
from submission_svc.application.commands.finding import require_administration, require_cycle, require_window
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.application.pushing.command import PushAnswers
from submission_svc.domain.job import MOST_OPEN, MOST_OPEN_BYTES, JobRequest


@dataclass(frozen=True)
class QueuedPush:
    """The job, and whether it is that of an earlier request with the same Idempotency-Key."""

    job: UUID
    is_replay: bool


def queue_push(command: PushAnswers, administration: str, uow: UnitOfWork, clock: Clock) -> QueuedPush:
    """Queue it.

    Raises:
        ProblemError: `cycle.not_found`, `administration.not_found` (404), `cycle.closed`, `cycle.not_open` (409),
            `job.too_many` (429),
            `idempotency.key_reused` (422).
    """
    command.options.require_sense()
    with uow:
        if command.idempotency_key is not None:
            digest = request_digest(command.method, f"job {command.request_name}", command.body)
            stored = uow.idempotency.claim(command.actor, command.idempotency_key, digest)
            if stored is not None:
                return QueuedPush(UUID(stored.body), is_replay=True)
        cycle = require_cycle(uow, command.cycle)
        require_administration(uow, cycle, administration)
        require_window(uow, cycle, [administration], clock().date())
        uow.jobs.lock(cycle.code, administration)
        _require_room(uow, cycle.code, administration, len(command.body))
        uow.jobs.forget(cycle.code, administration)
        request = JobRequest(uuid4(), cycle.code, administration, command.actor, command.as_job(), clock())
        uow.jobs.add(request, command.body)
        uow.audit.record(command.actor, "job.queued", f"{cycle.code}/{administration}", _detail(command, request))
        if command.idempotency_key is not None:
            uow.idempotency.store(command.actor, command.idempotency_key, 202, str(request.id))
        uow.commit()
    return QueuedPush(request.id, is_replay=False)


def _require_room(uow: UnitOfWork, cycle: str, administration: str, size: int) -> None:
    """Refuse more jobs, or larger ones, than may wait."""
    jobs, total = uow.jobs.waiting(cycle, administration)
    if jobs < MOST_OPEN and total + size <= MOST_OPEN_BYTES:
        return
    full = f"{MOST_OPEN} jobs of {administration} wait already, which is the most."
    full_fr = f"{MOST_OPEN} tâches de {administration} attendent déjà, ce qui est le maximum."
    if jobs < MOST_OPEN:
        most = MOST_OPEN_BYTES // 2**20
        full = f"With this one, the files of {administration} that wait would be more than {most} MB."
        full_fr = f"Avec celui-ci, les fichiers de {administration} en attente dépasseraient {most} Mo."
    detail = f"{full} Wait until a job is done, or cancel some."
    french = f"{full_fr} Attendez la fin d'une tâche, ou annulez-en."
    raise ProblemError("job.too_many", Kind.TOO_MANY, detail, french=french, headers={"retry-after": "10"})


def _detail(command: PushAnswers, request: JobRequest) -> dict[str, Any]:
    """What the audit trail keeps: everything but the payload."""
    digest = "sha256:" + hashlib.sha256(command.body).hexdigest()
    sent = {"format": command.format.value, "body_digest": digest, "body_bytes": len(command.body)}
    return {"job": str(request.id), **sent, **command.options.said}
