"""Load or replace the register of a population as a whole."""

from dataclasses import dataclass

from framework_svc.application.commands.registers import SavedRegister, Tags, require_read, save_register
from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.population import Population
from framework_svc.domain.population_checks import faults_of
from framework_svc.domain.sent import NOTHING, Sent, refuse_loss
from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError


@dataclass(frozen=True)
class RegisterPopulation:
    """Make this the register of its population; `expected` are the tags of the states that the caller has read."""

    population: Population
    expected: Tags
    actor: str
    sent: Sent = NOTHING


def register_population(command: RegisterPopulation, uow: UnitOfWork, clock: Clock) -> SavedRegister:
    """Load or replace the register; the same register again changes nothing, whatever was read.

    Raises:
        ProblemError: `population.unread` (428), `population.changed` (412), `population.invalid` or
            `register.would_lose` (422) with every fault or field.
    """
    with uow:
        before = uow.populations.find(command.population.code)
        if before == command.population:
            return SavedRegister(before, [])
        if before is not None:
            require_read(uow, before, command.expected)
            refuse_loss(before, command.sent, faults_of(command.population, command.sent))
        elif command.expected:
            detail = f"There is no register {command.population.code}, so nobody can have read it. Send no If-Match."
            raise ProblemError("population.changed", Kind.PRECONDITION_FAILED, detail)
        saved = save_register(uow, before, command.population, command.sent, command.actor, clock)
        uow.commit()
    return saved
