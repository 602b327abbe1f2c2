"""What the use cases need from outside, and what the routes get in hand."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, Self

from sqlalchemy import Connection

from access_policy import Viewer
from framework_svc.application.published import PublishedForms
from framework_svc.domain.draft import FrameworkDraft
from framework_svc.domain.framework_version import FrameworkVersion, Retirement
from framework_svc.domain.population import Population
from service_kit.audit.keys import AuditKeys
from service_kit.auth import Authenticator
from service_kit.clock import Clock
from service_kit.envelope import NewEvent


class FrameworkVersions(Protocol):
    """Published framework versions."""

    def find(self, code: str, version: str) -> FrameworkVersion | None:
        """The published version, locked for the transaction, or None."""

    def add(self, version: FrameworkVersion) -> None:
        """Keep a newly published version."""

    def retire(self, version: FrameworkVersion, retirement: Retirement) -> None:
        """Keep the retirement of a version."""


class FrameworkDrafts(Protocol):
    """Drafts of framework versions."""

    def find(self, code: str, version: str) -> FrameworkDraft | None:
        """The draft, locked for the transaction, or None."""

    def add(self, draft: FrameworkDraft) -> bool:
        """Keep a new draft; False when somebody was faster."""

    def save(self, draft: FrameworkDraft) -> None:
        """Keep the present state of a draft."""

    def remove(self, draft: FrameworkDraft) -> None:
        """Forget a draft."""


class Populations(Protocol):
    """Registers of populations."""

    def find(self, code: str) -> Population | None:
        """The register, locked for the transaction, or None."""

    def save(self, population: Population, told_on: date) -> None:
        """Keep the register in its present state, which the others are told as it is on that day."""

    def not_told_since(self, day: date) -> list[tuple[Population, date]]:
        """The registers that were told on an earlier day last, each with that day, locked for the transaction."""

    def save_told(self, code: str, day: date) -> None:
        """Keep the day of which the others know the register."""


@dataclass(frozen=True)
class AuditEntry:
    """Who did something, when, and what it was."""

    at: datetime
    actor: str
    action: str
    detail: dict[str, Any]


class AuditTrail(Protocol):
    """Who did what, when."""

    def record(self, actor: str, action: str, subject: str, detail: dict[str, Any]) -> None:
        """Add an entry, in the transaction of what it tells about."""

    def since(self, subject: str, tags: Iterable[str], actions: str) -> list[AuditEntry]:
        """What was done with something after one of the tags was that of its state last.

        `actions` is how the names of the actions begin: "draft." or "register.".
        """


class UnitOfWork(Protocol):
    """One transaction over the repositories, with the events about it."""

    @property
    def frameworks(self) -> FrameworkVersions:
        """Published framework versions."""

    @property
    def drafts(self) -> FrameworkDrafts:
        """Drafts of framework versions."""

    @property
    def populations(self) -> Populations:
        """Registers."""

    @property
    def audit(self) -> AuditTrail:
        """The audit trail."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def publish(self, *events: NewEvent) -> None:
        """Remember events for the commit."""

    def commit(self) -> None:
        """Commit state and events together."""


class Reader(Protocol):
    """Read-only connections."""

    def connect(self) -> AbstractContextManager[Connection]:
        """One read-only snapshot."""


@dataclass(frozen=True)
class Dependencies:
    """What bootstrap built for the routes."""

    unit_of_work: Callable[[], UnitOfWork]
    reader: Reader
    authenticator: Authenticator[Viewer]
    clock: Clock
    audit_keys: AuditKeys
    published: PublishedForms = field(default_factory=PublishedForms)
