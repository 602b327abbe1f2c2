"""Grant an extension: one member may submit longer than the others, for a recorded reason."""

from dataclasses import dataclass
from datetime import date

from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError
from submission_svc.application.commands.finding import require_administration, require_cycle
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.extension import Extension


@dataclass(frozen=True)
class GrantExtension:
    """Let this administration submit until this day."""

    cycle: str
    administration: str
    until: date
    reason: str
    actor: str


def grant_extension(command: GrantExtension, uow: UnitOfWork, clock: Clock) -> Extension:
    """Grant it, in place of one that is there; the same one again changes nothing.

    Raises:
        ProblemError: `cycle.not_found`, `administration.not_found` (404), `cycle.closed` (409),
            `extension.too_early` (422).
    """
    asked = Extension(command.cycle, command.administration, command.until, command.reason)
    with uow:
        cycle = require_cycle(uow, command.cycle)
        _require_not_closed(cycle)
        require_administration(uow, cycle, command.administration)
        before = uow.extensions.find(cycle.code, command.administration)
        if before == asked:
            return before
        asked.check(cycle, clock().date())
        uow.extensions.save(asked)
        detail = {
            "until": asked.until.isoformat(),
            "reason": asked.reason,
            "before": None if before is None else before.until.isoformat(),
        }
        uow.audit.record(command.actor, "extension.granted", f"{cycle.code}/{asked.administration}", detail)
        uow.commit()
    return asked


def _require_not_closed(cycle: Cycle) -> None:
    if cycle.status == "closed":
        raise ProblemError(
            "cycle.closed",
            Kind.CONFLICT,
            f"The cycle {cycle.code} is closed: an extension would open nothing. Reopen it first (POST .../reopen), "
            "then extend.",
            french=f"Le cycle {cycle.code} est clos : une prolongation n'ouvrirait rien. Rouvrez-le d'abord "
            "(POST .../reopen), puis prolongez.",
        )
