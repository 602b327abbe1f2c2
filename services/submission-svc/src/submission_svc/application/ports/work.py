"""One piece of work: all repositories in one transaction, or one look at what there is."""

from contextlib import AbstractContextManager
from typing import Protocol, Self

from sqlalchemy import Connection

from service_kit.envelope import NewEvent
from service_kit.idempotency import IdempotencyKeys
from submission_svc.application.ports.evidence import EvidenceRecords
from submission_svc.application.ports.jobs import Jobs
from submission_svc.application.ports.mail import Contacts, Mails
from submission_svc.application.ports.records import (
    AuditTrail,
    Cycles,
    Extensions,
    Frameworks,
    Populations,
    Submissions,
)
from submission_svc.application.ports.review import Claims, Threads, Warnings


class UnitOfWork(Protocol):
    """One transaction over the repositories, with the events about it."""

    @property
    def frameworks(self) -> Frameworks:
        """Copies of framework versions."""

    @property
    def populations(self) -> Populations:
        """Copies of registers."""

    @property
    def cycles(self) -> Cycles:
        """Cycles."""

    @property
    def extensions(self) -> Extensions:
        """Later deadlines of single members."""

    @property
    def submissions(self) -> Submissions:
        """Submissions."""

    @property
    def claims(self) -> Claims:
        """Decisions on claims."""

    @property
    def threads(self) -> Threads:
        """Threads of review."""

    @property
    def warnings(self) -> Warnings:
        """Warnings and their reasons."""

    @property
    def contacts(self) -> Contacts:
        """Whom to tell by e-mail."""

    @property
    def mails(self) -> Mails:
        """Mails that wait, went out or could not be delivered."""

    @property
    def evidence(self) -> EvidenceRecords:
        """Files that stand for answers."""

    @property
    def audit(self) -> AuditTrail:
        """The audit trail."""

    @property
    def jobs(self) -> Jobs:
        """Pushes that are worked off in the background."""

    @property
    def idempotency(self) -> IdempotencyKeys:
        """Stored answers by Idempotency-Key."""

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
