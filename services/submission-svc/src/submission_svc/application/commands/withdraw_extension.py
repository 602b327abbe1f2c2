"""Withdraw an extension: the deadline of the cycle is that of the member again, for a recorded reason."""

from dataclasses import dataclass

from submission_svc.application.commands.finding import require_cycle
from submission_svc.application.ports.work import UnitOfWork


@dataclass(frozen=True)
class WithdrawExtension:
    """Take the extension of this administration back."""

    cycle: str
    administration: str
    reason: str
    actor: str


def withdraw_extension(command: WithdrawExtension, uow: UnitOfWork) -> None:
    """Withdraw it; where there is none, nothing changes.

    Raises:
        ProblemError: `cycle.not_found` (404).
    """
    with uow:
        cycle = require_cycle(uow, command.cycle)
        before = uow.extensions.find(cycle.code, command.administration)
        if before is None:
            return
        uow.extensions.remove(cycle.code, command.administration)
        detail = {"until": before.until.isoformat(), "reason": command.reason}
        uow.audit.record(command.actor, "extension.withdrawn", f"{cycle.code}/{command.administration}", detail)
        uow.commit()
