"""What the use cases keep: copies of frameworks and registers, cycles, submissions, the trail."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from answer_intake.taken import Taken
from framework_spec.document import Framework
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

    def find(self, cycle: str, administrations: Collection[str]) -> dict[str, Submission]:
        """The submissions that exist, by administration, as they are at this moment."""

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
