"""The topic `framework`: published versions and changed registers become this service's own copies."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from service_kit.envelope import Envelope
from submission_svc.application.commands.take_copies import TakeFramework, take_framework, take_register
from submission_svc.application.ports import UnitOfWork
from submission_svc.domain.copies import FrameworkCopy, RegisterCopy


class _Read(BaseModel):
    # What cannot be read is told without the values, because such errors are logged.
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)


class _Document(_Read):
    purpose: str
    population: str


class FrameworkPublished(_Read):
    """What this service uses of `framework.published.v1`; the document is kept as it came."""

    code: str
    version: str
    digest: str
    document: dict[str, Any]


class _Region(_Read):
    code: str
    name: str


class _Administration(_Read):
    code: str
    name: str
    region: str | None = None


class RegisterChanged(_Read):
    """What this service uses of `register.changed.v1`."""

    population: str
    name: str
    regions: list[_Region]
    administrations: list[_Administration]


def handle(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Take the events over, in order; types that this service does not know are not for it."""
    for event in events:
        if event.type == "framework.published.v1":
            _framework_published(event, uow)
        elif event.type == "register.changed.v1":
            _register_changed(event, uow)


def _framework_published(event: Envelope, uow: UnitOfWork) -> None:
    read = FrameworkPublished.model_validate(event.data)
    document = _Document.model_validate(read.document)
    framework = FrameworkCopy(read.code, read.version, read.digest, document.purpose, document.population)
    take_framework(TakeFramework(framework, read.document), uow)


def _register_changed(event: Envelope, uow: UnitOfWork) -> None:
    read = RegisterChanged.model_validate(event.data)
    register = RegisterCopy(
        code=read.population,
        name=read.name,
        regions=[region.model_dump() for region in read.regions],
        administrations=[each.model_dump() for each in read.administrations],
        changed_at=event.time,
    )
    take_register(register, uow)
