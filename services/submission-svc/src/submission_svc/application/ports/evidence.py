"""What evidence needs from outside: a place for files, and what the database says about them."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from submission_svc.domain.evidence import Evidence, Limits, Received
from submission_svc.domain.evidence_levels import KnownCodes


class IncomingFile(Protocol):
    """A file that is coming in; it is nothing until it is kept."""

    def write(self, chunk: bytes) -> None:
        """Take some more.

        Raises:
            ProblemError: `evidence.too_large` (413), `evidence.no_space` (507), `evidence.store_unavailable` (503).
        """

    def received(self) -> Received:
        """Say what has come in, once all of it is on the disk; raises like `write`."""

    def keep(self, file: UUID) -> None:
        """Keep it under this id, durably, in one move; raises like `write`."""

    def discard(self) -> None:
        """Forget it, unless it is kept."""


class EvidenceStore(Protocol):
    """A place for files, which are never changed and have nothing but an id."""

    def begin(self) -> IncomingFile:
        """Begin to take a file in; raises like `IncomingFile.write`."""

    def has(self, file: UUID, size: int) -> bool:
        """Whether the file is there, in its whole length."""

    def read(self, file: UUID, sha256: str) -> Iterator[bytes]:
        """The content, once it is seen to be what was stored.

        Raises:
            ProblemError: `evidence.store_unavailable` (503).
        """

    def sweep(self, known: Callable[[Collection[UUID]], Collection[UUID]], before: datetime) -> int:
        """Remove what is older than `before` and not known, and what never came in whole; how many files went."""


class EvidenceRecords(Protocol):
    """What the database says about evidence."""

    def present(self, submission: UUID, at: datetime | None = None) -> list[Evidence]:
        """What a submission has now, or had at a moment, by code and name."""

    def find(self, submission: UUID, number: UUID) -> Evidence | None:
        """One of a submission, also when it was taken away."""

    def bytes_ever(self, submission: UUID) -> int:
        """The size of all files that a submission has, or ever had."""

    def file(self, population: str, administration: str, received: Received, at: datetime) -> tuple[UUID, bool]:
        """The file with this content of this administration, and whether it is new; never that of another one."""

    def add(self, submission: UUID, evidence: Evidence, by: str) -> None:
        """Keep that a file stands for a code."""

    def end(self, number: UUID, at: datetime) -> None:
        """Keep that it does so no longer."""


@dataclass(frozen=True)
class EvidenceParts:
    """What the routes about evidence get in hand."""

    store: EvidenceStore
    limits: Limits
    codes: KnownCodes
