"""Take over what framework-svc has published, into this service's own copies."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.copies import FrameworkCopy, RegisterCopy


@dataclass(frozen=True)
class TakeFramework:
    """Keep this framework version and its document."""

    framework: FrameworkCopy
    document: dict[str, Any]


def take_framework(command: TakeFramework, uow: UnitOfWork) -> None:
    """Keep it; versions never change, so one that is there stays. The caller commits."""
    uow.frameworks.add(command.framework, command.document)


def retire_framework(digest: str, at: datetime, uow: UnitOfWork) -> None:
    """Note that this version takes no new cycles; those that it has go on. The caller commits."""
    uow.frameworks.retire(digest, at)


def take_register(register: RegisterCopy, uow: UnitOfWork) -> None:
    """Keep it unless a newer one is there. The caller commits."""
    uow.populations.save(register)
