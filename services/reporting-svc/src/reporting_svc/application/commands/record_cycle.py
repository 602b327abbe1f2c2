"""Take over cycles. A rehearsal is remembered as one, and nothing else of it is ever kept.

Topics have no order between them, so whatever event comes first makes its cycle known.
"""

from reporting_svc.application.facts import Cycle, CycleStage
from reporting_svc.application.outside.announce import announce_stage
from reporting_svc.application.ports import UnitOfWork


def meet_cycle(cycle: Cycle, uow: UnitOfWork) -> bool:
    """Make the cycle known if it is not; True when it is one that is reported. Takes the lock of the outside log."""
    uow.outside.lock()
    if uow.cycles.find(cycle.code) is None:
        uow.cycles.add(cycle)
    return not cycle.is_rehearsal


def record_stage(cycle: Cycle, stage: CycleStage, uow: UnitOfWork) -> None:
    """Keep that a cycle has opened or closed unless something newer is known, and say so outside."""
    if meet_cycle(cycle, uow) and uow.cycles.set_stage(cycle.code, cycle.name, stage):
        announce_stage(cycle, stage, uow.outside)
