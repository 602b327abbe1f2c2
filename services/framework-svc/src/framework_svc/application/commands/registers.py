"""What all changes of registers share: nobody overwrites what he has not read, each is written down and told."""

from dataclasses import dataclass
from datetime import UTC, date

from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.population import Population
from framework_svc.domain.population_checks import check
from framework_svc.domain.register_changes import changes, register_changed
from framework_svc.domain.sent import Sent
from service_kit.clock import Clock
from service_kit.errors import Finding, Kind, ProblemError

Tags = frozenset[str] | None
MOST_TOLD = 200


@dataclass(frozen=True)
class SavedRegister:
    """A register as it is now, and which of its parts the call changed."""

    population: Population
    parts: list[str]


def today(clock: Clock) -> date:
    """The day it is, in UTC."""
    return clock().astimezone(UTC).date()


def register_to_change(uow: UnitOfWork, code: str, expected: Tags) -> Population:
    """The register, locked, when the caller has read its present state.

    Raises:
        ProblemError: `population.not_found` (404), `population.unread` (428), `population.changed` (412).
    """
    present = uow.populations.find(code)
    if present is None:
        raise ProblemError("population.not_found", Kind.NOT_FOUND, f"There is no population {code}.")
    require_read(uow, present, expected)
    return present


def require_read(uow: UnitOfWork, present: Population, expected: Tags) -> None:
    """Refuse who has not read the present state, and tell him what changed since the state that he has read.

    Raises:
        ProblemError: `population.unread` (428), `population.changed` (412).
    """
    if expected is None:
        detail = f"The register {present.code} exists. Read it, and send its ETag as If-Match with the change."
        raise ProblemError("population.unread", Kind.PRECONDITION_REQUIRED, detail)
    if "*" in expected or present.tag in expected:
        return
    findings = tuple(
        Finding(
            "population.changed_meanwhile",
            str(change["part"]),
            hint=f"{entry.actor}, {entry.at.isoformat(timespec='seconds')}",
        )
        for entry in uow.audit.since(present.code, expected, "register.")
        for change in entry.detail.get("changes", ())
    )
    what = "See errors for the parts." if findings else "What you name is no earlier state of this register."
    raise ProblemError(
        "population.changed",
        Kind.PRECONDITION_FAILED,
        f"The register {present.code} has been changed since you read it. {what} Nothing was saved; read it again.",
        findings=findings[:MOST_TOLD],
        headers={"etag": f'"{present.tag}"'},
    )


def save_register(
    uow: UnitOfWork, before: Population | None, after: Population, sent: Sent, actor: str, clock: Clock
) -> SavedRegister:
    """Keep the register with its audit entry and its event; nothing when it is as it was.

    Raises:
        ProblemError: `population.invalid` (422) with every fault.
    """
    found = changes(before, after)
    if not found:
        return SavedRegister(after, [])
    check(after, sent)
    day = today(clock)
    uow.populations.save(after, day)
    detail = {"before": before.tag if before else None, "after": after.tag, "changes": found}
    uow.audit.record(actor, "register.changed" if before else "register.loaded", after.code, detail)
    uow.publish(register_changed(after, day))
    return SavedRegister(after, [str(change["part"]) for change in found])
