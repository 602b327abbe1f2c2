"""Cancel a job: at once while it waits; while it runs, its worker stops before it saves anything."""

from dataclasses import dataclass
from uuid import UUID

from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.application.refusals import job_not_found
from submission_svc.domain.job import OPEN, Outcome


@dataclass(frozen=True)
class CancelJob:
    """Cancel this job of an administration in a cycle."""

    cycle: str
    administration: str
    job: UUID


def cancel_job(command: CancelJob, uow: UnitOfWork, clock: Clock) -> None:
    """Cancel it, or have its worker do so; a cancelled one stays as it is.

    Raises:
        ProblemError: `job.not_found` (404), `job.ended` (409).
    """
    with uow:
        found = uow.jobs.state_to_change(command.job, command.cycle, command.administration)
        if found is None:
            raise job_not_found(command.job)
        state, is_held = found
        if state == "cancelled":
            return
        if state not in OPEN:
            detail = f"The job is {state} already; what it has saved stays. Push again to change it."
            raise ProblemError("job.ended", Kind.CONFLICT, detail, state=state)
        if is_held:
            uow.jobs.ask_to_cancel(command.job)
        else:
            uow.jobs.end(command.job, Outcome("cancelled"), clock())
        uow.commit()
