"""Close a cycle, for a recorded reason."""

from dataclasses import dataclass
from typing import Any

from submission_svc.application.ports.work import UnitOfWork
from submission_svc.application.refusals import cycle_not_found
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.events import CycleClosed, cycle_event


@dataclass(frozen=True)
class CloseCycle:
    """Close this cycle: it takes no more answers and submissions."""

    cycle: str
    reason: str
    actor: str


def close_cycle(command: CloseCycle, uow: UnitOfWork) -> Cycle:
    """Close the cycle, which ends all its extensions; one that is closed for this very reason stays as it is.

    Raises:
        ProblemError: `cycle.not_found` (404), `cycle.is_closed` (409).
    """
    with uow:
        cycle = uow.cycles.find_to_change(command.cycle)
        if cycle is None:
            raise cycle_not_found(command.cycle)
        closed = cycle.close(command.reason)
        if closed == cycle:
            return cycle
        uow.cycles.save(closed)
        detail: dict[str, Any] = {"reason": command.reason}
        if ended := uow.extensions.end_all(closed.code):
            detail["extensions_ended"] = ended
        uow.audit.record(command.actor, "cycle.closed", closed.code, detail)
        uow.publish(cycle_event(CycleClosed, closed))
        uow.commit()
    return closed
