"""Retire a published version: it stays readable, and what was opened with it goes on."""

from dataclasses import dataclass

from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.framework_version import FrameworkVersion
from service_kit.clock import Clock
from service_kit.errors import Kind, ProblemError


@dataclass(frozen=True)
class RetireVersion:
    """Retire this version for this reason."""

    code: str
    version: str
    reason: str
    actor: str


def retire_version(command: RetireVersion, uow: UnitOfWork, clock: Clock) -> FrameworkVersion:
    """Retire the version; the same again changes nothing.

    Raises:
        ProblemError: `framework.not_found` (404); `framework.version_retired` (409) with the reason given before.
    """
    with uow:
        present = uow.frameworks.find(command.code, command.version)
        if present is None:
            detail = f"There is no version {command.version} of {command.code}."
            raise ProblemError("framework.not_found", Kind.NOT_FOUND, detail)
        retired = present.retired(clock(), command.actor, command.reason)
        if retired.retirement is None or retired == present:
            return present
        uow.frameworks.retire(retired, retired.retirement)
        detail_of_entry = {
            "before": {"digest": present.digest, "status": "published"},
            "after": {"digest": present.digest, "status": "retired"},
            "reason": command.reason,
        }
        uow.audit.record(command.actor, "framework.retired", f"{command.code}@{command.version}", detail_of_entry)
        uow.publish(retired.retired_event(retired.retirement))
        uow.commit()
    return retired
