"""Cancel a job: at once while it waits; while it runs, its worker stops before it saves anything.

One whose push is over ends as that did; only its workbook is not marked then.
"""

from dataclasses import dataclass
from datetime import UTC
from uuid import UUID

from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.application.refusals import job_not_found
from submission_svc.domain.job import OPEN, JobNow, Outcome


@dataclass(frozen=True)
class CancelJob:
    """Cancel this job of an administration in a cycle."""

    cycle: str
    administration: str
    job: UUID
    actor: str


def cancel_job(command: CancelJob, uow: UnitOfWork, clock: Clock) -> None:
    """Cancel it, or have its worker do so; a cancelled one stays as it is.

    Raises:
        ProblemError: `job.not_found` (404), `job.ended` (409).
    """
    with uow:
        job = uow.jobs.find_to_change(command.job, command.cycle, command.administration)
        if job is None:
            raise job_not_found(command.job)
        if job.state == "cancelled" or (job.is_held and job.is_cancel_asked):
            return
        if job.state not in OPEN:
            raise _ended(job)
        if job.is_held:
            uow.jobs.ask_to_cancel(command.job)
        elif job.is_pushed:
            uow.jobs.finish(command.job, None, clock())
        else:
            uow.jobs.end(command.job, Outcome("cancelled"), clock())
        action = "job.cancel_asked" if job.is_held else "job.cancelled"
        uow.audit.record(command.actor, action, f"{command.cycle}/{command.administration}", {"job": str(command.job)})
        uow.commit()


def _ended(job: JobNow) -> ProblemError:
    ended = None if job.finished_at is None else job.finished_at.astimezone(UTC)
    at = "" if ended is None else f" on {ended:%Y-%m-%d at %H:%M:%S} UTC"
    at_fr = "" if ended is None else f" le {ended:%Y-%m-%d à %H:%M:%S} UTC"
    if job.state == "done":
        detail = f"The job was done{at}; what it has saved stays. Push again to change it."
        french = f"La tâche s'est terminée{at_fr} ; ce qu'elle a enregistré reste. Envoyez à nouveau pour le modifier."
    else:
        detail = f"The job failed{at} and has saved nothing, so there is nothing to cancel."
        french = f"La tâche a échoué{at_fr} et n'a rien enregistré ; il n'y a donc rien à annuler."
    return ProblemError("job.ended", Kind.CONFLICT, detail, french=french, state=job.state)
