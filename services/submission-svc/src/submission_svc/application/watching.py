"""How a push tells where it is, so that it can be followed, stopped in the middle and ended as a job."""

from collections.abc import Collection
from typing import Any, Protocol

from answer_intake.findings import Finding
from submission_svc.domain.job import Stage


class Watch(Protocol):
    """Whoever follows a push. Its methods may raise: then the push ends there, and nothing of it is kept."""

    def stage(self, stage: Stage, rows: int | None = None) -> None:
        """A stage begins; `rows` is how many there are in all, once that is known."""

    def advance(self, rows: int) -> None:
        """So many rows of this stage are done."""

    def settle(self, uow: Any, answer: str, findings: Collection[Finding], rows: int) -> None:
        """All is done but the commit: what is written now, is written with the push or not at all."""


class Unwatched:
    """Nobody follows: the caller waits for the answer."""

    def stage(self, stage: Stage, rows: int | None = None) -> None:
        """Nothing to tell."""

    def advance(self, rows: int) -> None:
        """Nothing to tell."""

    def settle(self, uow: Any, answer: str, findings: Collection[Finding], rows: int) -> None:
        """Nothing to add."""
