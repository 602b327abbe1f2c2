"""Load or change the register of a population."""

from dataclasses import dataclass

from framework_spec.canonical import sha256_of
from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.population import Population


@dataclass(frozen=True)
class RegisterPopulation:
    """Make this the register of its population."""

    population: Population
    actor: str


def register_population(command: RegisterPopulation, uow: UnitOfWork) -> bool:
    """Save the register; True when something changed.

    Raises:
        ProblemError: `population.invalid` (422) with every fault.
    """
    command.population.check()
    with uow:
        before = uow.populations.find(command.population.code)
        if before == command.population:
            return False
        uow.populations.save(command.population)
        detail = {
            "before": sha256_of(before.as_dict()) if before else None,
            "after": sha256_of(command.population.as_dict()),
            "administrations_before": len(before.administrations) if before else 0,
            "administrations_after": len(command.population.administrations),
        }
        uow.audit.record(command.actor, "register.changed", command.population.code, detail)
        uow.publish(command.population.event())
        uow.commit()
    return True
