"""Set contacts: whom an administration wants to be told by e-mail."""

from dataclasses import dataclass

from submission_svc.application.commands.finding import require_administration, require_cycle
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.contact import Contact, require_different


@dataclass(frozen=True)
class SetContacts:
    """Make these the contacts of the administration in this cycle."""

    cycle: str
    administration: str
    contacts: tuple[Contact, ...]
    actor: str


def set_contacts(command: SetContacts, uow: UnitOfWork) -> None:
    """Keep these and no others, also after the cycle has closed; the same again changes nothing.

    Who is taken out gets no mail any more, also none that waits already. The audit trail keeps no addresses.

    Raises:
        ProblemError: `cycle.not_found`, `administration.not_found` (404), `contacts.repeated` (422).
    """
    require_different(command.contacts)
    with uow:
        cycle = require_cycle(uow, command.cycle)
        require_administration(uow, cycle, command.administration)
        uow.contacts.lock(cycle.code, command.administration)
        before = uow.contacts.of(cycle.code, command.administration)
        if sorted(command.contacts) == sorted(before):
            return
        uow.contacts.replace(cycle.code, command.administration, command.contacts)
        gone = {each.email for each in before} - {each.email for each in command.contacts}
        uow.mails.give_up_on(cycle.code, command.administration, sorted(gone))
        detail = {"before": len(before), "after": len(command.contacts)}
        uow.audit.record(command.actor, "contacts.changed", f"{cycle.code}/{command.administration}", detail)
        uow.commit()
