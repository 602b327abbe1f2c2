"""What the use cases of review need from outside: decisions on claims, threads, warnings and what was known before."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from submission_svc.domain.content import Decision
from submission_svc.domain.thread import Comment, Thread
from submission_svc.domain.warnings.found import WarningFound
from submission_svc.domain.warnings.judging import Facts
from submission_svc.domain.warnings.reasons import ReasonCode


class Claims(Protocol):
    """Claims as the secretariat decides on them."""

    def decide(self, submission: UUID, decisions: Mapping[str, Decision], at: datetime) -> None:
        """Keep what is said of the claims that hold now, by KPI; what was said before keeps its row."""


class Threads(Protocol):
    """Threads of review and their comments."""

    def find(self, submission: UUID, thread: UUID) -> Thread | None:
        """The thread of this submission, locked for this transaction, or None."""

    def count(self, submission: UUID) -> int:
        """How many threads a submission has."""

    def count_comments(self, thread: UUID) -> int:
        """How many comments a thread has."""

    def add(self, thread: Thread) -> None:
        """Keep a new thread."""

    def save(self, thread: Thread) -> None:
        """Keep a thread in its present state."""

    def comment(self, thread: UUID, comment: Comment) -> None:
        """Add a comment."""


class Warnings(Protocol):
    """What contents are judged by, and the reasons that members give."""

    def facts(self, population: str, administration: str, submission: UUID) -> Facts:
        """What the submission of an administration of a population is judged by."""

    def explain(
        self,
        submission: UUID,
        reasons: Collection[tuple[WarningFound, ReasonCode, str | None]],
        actor: str,
        at: datetime,
    ) -> None:
        """Keep reasons for warnings, with the figures that they are given for."""
