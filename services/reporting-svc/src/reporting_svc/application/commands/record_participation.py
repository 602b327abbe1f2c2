"""Take over how far administrations have come in a cycle."""

from reporting_svc.application.commands.record_cycle import meet_cycle
from reporting_svc.application.facts import Cycle, Participation
from reporting_svc.application.ports import UnitOfWork


def record_participation(cycle: Cycle, participation: Participation, uow: UnitOfWork) -> None:
    """Keep the state of a submission unless something newer is known or the cycle is a rehearsal."""
    if meet_cycle(cycle, uow):
        uow.cycles.set_participation(participation)
