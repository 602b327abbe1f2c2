"""The topic `framework`: published versions and registers."""

from collections.abc import Callable
from datetime import date
from typing import Any

from reporting_svc.application.commands.record_catalogue import record_framework, record_register
from reporting_svc.application.facts import Administration, Register
from reporting_svc.application.ports import UnitOfWork
from reporting_svc.entrypoints.consumers.readers import Reader
from service_kit.envelope import Envelope


class FrameworkPublished(Reader):
    """`framework.published.v1`."""

    code: str
    version: str
    digest: str
    document: dict[str, Any]


class RegionReader(Reader):
    """A region of a register."""

    code: str
    name: str


class AdministrationReader(Reader):
    """An administration of a register."""

    code: str
    name: str
    region: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None


class RegisterChanged(Reader):
    """`register.changed.v1`."""

    population: str
    regions: tuple[RegionReader, ...]
    administrations: tuple[AdministrationReader, ...]


def _published(event: Envelope, uow: UnitOfWork) -> None:
    read = FrameworkPublished.model_validate(event.data)
    record_framework(read.code, read.version, read.digest, read.document, uow)


def _register(event: Envelope, uow: UnitOfWork) -> None:
    read = RegisterChanged.model_validate(event.data)
    register = Register(
        population=read.population,
        regions=tuple((each.code, each.name) for each in read.regions),
        administrations=tuple(Administration(**each.model_dump()) for each in read.administrations),
        changed_at=event.time,
    )
    record_register(register, uow)


ACTIONS: dict[str, Callable[[Envelope, UnitOfWork], None]] = {
    "framework.published.v1": _published,
    "register.changed.v1": _register,
}
