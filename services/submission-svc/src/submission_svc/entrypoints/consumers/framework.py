"""The topic `framework`: published and retired versions and changed registers become this service's own copies."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from service_kit.envelope import Envelope
from submission_svc.application.commands.take_copies import (
    TakeFramework,
    retire_framework,
    take_framework,
    take_register,
)
from submission_svc.application.ports.work import UnitOfWork
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


class FrameworkRetired(_Read):
    """What this service uses of `framework.retired.v1`."""

    digest: str
    retired_at: datetime


class _Dated(_Read):
    valid_from: date | None = None
    valid_until: date | None = None


class _Region(_Read):
    code: str
    name: str


class _Administration(_Dated):
    code: str
    name: str
    names: dict[str, str] = {}
    region: str | None = None


class _Member(_Dated):
    administration: str


class _Group(_Read):
    code: str
    name: str
    names: dict[str, str] = {}
    members: list[_Member] = []


class RegisterChanged(_Read):
    """What this service uses of `register.changed.v1`."""

    population: str
    name: str
    regions: list[_Region]
    administrations: list[_Administration]
    groups: list[_Group] = []


def handle(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Take the events over, in order; types that this service does not know are not for it."""
    for event in events:
        if event.type == "framework.published.v1":
            _framework_published(event, uow)
        elif event.type == "framework.retired.v1":
            _framework_retired(event, uow)
        elif event.type == "register.changed.v1":
            _register_changed(event, uow)


def _framework_published(event: Envelope, uow: UnitOfWork) -> None:
    read = FrameworkPublished.model_validate(event.data)
    document = _Document.model_validate(read.document)
    framework = FrameworkCopy(
        read.code, read.version, read.digest, document.purpose, document.population, published_at=event.time
    )
    take_framework(TakeFramework(framework, read.document), uow)


def _framework_retired(event: Envelope, uow: UnitOfWork) -> None:
    read = FrameworkRetired.model_validate(event.data)
    retire_framework(read.digest, read.retired_at, uow)


def _register_changed(event: Envelope, uow: UnitOfWork) -> None:
    read = RegisterChanged.model_validate(event.data)
    register = RegisterCopy(
        code=read.population,
        name=read.name,
        regions=[region.model_dump() for region in read.regions],
        administrations=[each.model_dump() for each in read.administrations],
        changed_at=event.time,
        groups=[each.model_dump(mode="json") for each in read.groups],
    )
    take_register(register, uow)
