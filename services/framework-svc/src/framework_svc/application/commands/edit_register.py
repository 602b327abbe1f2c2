"""Change one part of a register that one has read: an administration, a region, an office or a group."""

from dataclasses import dataclass
from typing import Any

from framework_svc.application.commands.registers import SavedRegister, Tags, register_to_change, save_register
from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.population_checks import faults_of
from framework_svc.domain.register_changes import Part, PartKind, part_of, place_of, with_part, without_part
from framework_svc.domain.sent import NOTHING, Sent, refuse_loss
from service_kit.clock import Clock


@dataclass(frozen=True)
class PutRegisterPart:
    """Put this part in the place of the one with its code, or add it; `sent` are its fields as they were sent."""

    population: str
    kind: PartKind
    part: Part
    sent: dict[str, Any]
    expected: Tags
    actor: str


@dataclass(frozen=True)
class RemoveRegisterPart:
    """Remove a part, with its past: what has ended keeps its place and gets `valid_until`."""

    population: str
    kind: PartKind
    code: str
    expected: Tags
    actor: str


def edit_register(command: PutRegisterPart | RemoveRegisterPart, uow: UnitOfWork, clock: Clock) -> SavedRegister:
    """Change the part; the same again changes nothing.

    Raises:
        ProblemError: `population.not_found`, `population.part_not_found` (404), `population.unread` (428),
            `population.changed` (412), `population.invalid` or `register.would_lose` (422) with every fault or field.
    """
    with uow:
        present = register_to_change(uow, command.population, command.expected)
        sent = NOTHING
        if isinstance(command, PutRegisterPart):
            sent = Sent(command.sent, place_of(present, command.kind, command.part.code))
            after = with_part(present, command.kind, command.part)
            refuse_loss(part_of(present, command.kind, command.part.code), sent, faults_of(after, sent))
        else:
            after = without_part(present, command.kind, command.code)
        saved = save_register(uow, present, after, sent, command.actor, clock)
        uow.commit()
    return saved
