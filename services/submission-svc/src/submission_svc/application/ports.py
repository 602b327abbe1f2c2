"""What the use cases need from outside, and what the routes get in hand."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, Self
from uuid import UUID

from sqlalchemy import Connection

from access_policy import Viewer
from answer_intake.rulebook import Rulebooks
from answer_intake.taken import Taken
from framework_spec.document import Framework
from service_kit.audit.keys import AuditKeys
from service_kit.auth import Authenticator
from service_kit.clock import Clock
from service_kit.envelope import NewEvent
from service_kit.idempotency import IdempotencyKeys
from service_kit.turns import Turns
from submission_svc.application.evidence_ports import EvidenceParts, EvidenceRecords
from submission_svc.application.job_ports import Jobs
from submission_svc.application.mail_ports import Contacts, Mails
from submission_svc.application.pushing.projecting import Projector
from submission_svc.application.queries.completeness import Completeness
from submission_svc.application.review_ports import Claims, Threads, Warnings
from submission_svc.domain.content import Content, Written
from submission_svc.domain.copies import FrameworkCopy, RegisterCopy
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.extension import Extension
from submission_svc.domain.submission import Submission


class Frameworks(Protocol):
    """Copies of published framework versions."""

    def find(self, code: str, version: str) -> FrameworkCopy | None:
        """The version without its document, or None."""

    def document(self, digest: str) -> Framework:
        """The document of a version that is known."""

    def newest(self, code: str) -> FrameworkCopy | None:
        """The version published last of those that are not retired, or None."""

    def usable(self) -> list[tuple[str, str]]:
        """Code and version of all that may have new cycles, the version published last first."""

    def retire(self, digest: str, at: datetime) -> None:
        """Note that a version is retired; one that is not known is none of ours."""

    def add(self, framework: FrameworkCopy, document: Mapping[str, Any]) -> None:
        """Keep a version; one that is there already stays as it is."""


class Populations(Protocol):
    """Copies of registers."""

    def exists(self, code: str) -> bool:
        """Whether the register is known."""

    def has(self, cycle: Cycle, administration: str) -> bool:
        """Whether the administration is a member of the cycle's population on a day of its window."""

    def members(self, cycle: Cycle) -> frozenset[str]:
        """The codes of all administrations that are members on a day of the cycle's window."""

    def save(self, register: RegisterCopy) -> None:
        """Keep the register unless a newer one is there."""


class Cycles(Protocol):
    """Cycles."""

    def add(self, cycle: Cycle) -> bool:
        """Keep a new cycle; False when its code is taken."""

    def find(self, code: str) -> Cycle | None:
        """The cycle, held against being closed while this transaction runs, or None."""

    def find_to_change(self, code: str) -> Cycle | None:
        """The cycle, locked for this transaction, or None."""

    def save(self, cycle: Cycle) -> None:
        """Keep the cycle in its present state."""


class Extensions(Protocol):
    """Later deadlines of single members."""

    def find(self, cycle: str, administration: str) -> Extension | None:
        """The extension of the administration, or None."""

    def of_cycle(self, cycle: str) -> dict[str, Extension]:
        """All extensions of a cycle, by administration."""

    def save(self, granted: Extension) -> None:
        """Keep the extension, in place of one that is there."""

    def remove(self, cycle: str, administration: str) -> None:
        """Forget the extension."""

    def end_all(self, cycle: str) -> list[str]:
        """Forget all extensions of a cycle, and name the administrations that had one, in order."""


class Submissions(Protocol):
    """Submissions and what they hold."""

    def lock(self, cycle: str, administrations: Collection[str]) -> dict[str, Submission]:
        """The submissions that exist, by administration, locked for this transaction."""

    def start(self, cycle: str, administrations: Iterable[str], at: datetime) -> None:
        """Begin a draft for each administration that has none."""

    def save(self, submission: Submission) -> None:
        """Keep the submission in its present state."""

    def content(self, submission: UUID, at: datetime | None = None) -> Content:
        """All answers and claims that hold now, or that held at a moment."""

    def write(self, taken: Taken, ids: Mapping[str, UUID], at: datetime) -> dict[UUID, Written]:
        """Merge answers and claims into the submissions as of `at`; only what differs is written."""

    def note_step(self, submission: Submission, actor: str, reason: str | None) -> None:
        """Keep for ever how far the submission has come with this change."""

    def touch(self, submissions: Sequence[UUID], at: datetime) -> None:
        """Note that their content changed, and when."""


class AuditTrail(Protocol):
    """Who did what, when."""

    def record(self, actor: str, action: str, subject: str, detail: dict[str, Any]) -> None:
        """Add an entry, in the transaction of what it tells about."""

    def record_many(self, actor: str, action: str, entries: Mapping[str, dict[str, Any]]) -> None:
        """Add an entry for each subject."""


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


@dataclass(frozen=True)
class Dependencies:
    """What bootstrap built for the routes. The loader's rights exist in the embedded mode only."""

    unit_of_work: Callable[[], UnitOfWork]
    reader: Reader
    authenticator: Authenticator[Viewer]
    clock: Clock
    rulebooks: Rulebooks
    completeness: Completeness
    is_embedded: bool
    projector: Projector
    is_mail_sent: bool
    audit_keys: AuditKeys
    evidence: EvidenceParts
    turns: Turns = field(default_factory=Turns)
