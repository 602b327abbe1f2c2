"""Reopen a cycle that is closed or past its last day, for a recorded reason."""

from dataclasses import dataclass
from datetime import date

from service_kit.clock import Clock
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.application.refusals import cycle_not_found
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.events import CycleOpened, cycle_event


@dataclass(frozen=True)
class ReopenCycle:
    """Let this cycle take submissions again, until another last day if one is given."""

    cycle: str
    reason: str
    closes_on: date | None
    actor: str


def reopen_cycle(command: ReopenCycle, uow: UnitOfWork, clock: Clock) -> Cycle:
    """Reopen it; one that is open as asked stays as it is. Others hear that it has opened, with its window.

    Extensions of a cycle that had only come to its end stay; closing has ended those of a closed one.

    Raises:
        ProblemError: `cycle.not_found` (404), `cycle.is_open` (409), `cycle.window_passed`, `cycle.window_invalid`
            (422).
    """
    with uow:
        cycle = uow.cycles.find_to_change(command.cycle)
        if cycle is None:
            raise cycle_not_found(command.cycle)
        today = clock().date()
        if cycle.needs_no_reopening(command.closes_on, today):
            return cycle
        opened = cycle.reopen(command.closes_on, today)
        uow.cycles.save(opened)
        detail = {"reason": command.reason, "closes_on": opened.closes_on.isoformat()}
        uow.audit.record(command.actor, "cycle.reopened", opened.code, detail)
        uow.publish(cycle_event(CycleOpened, opened))
        uow.commit()
    return opened
