"""Threads of review: what the secretariat and a member have to say to each other about a KPI, an input or the whole."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from service_kit.errors import Kind, ProblemError

About = Literal["kpi", "input", "submission"]
ThreadStatus = Literal["open", "resolved"]
Party = Literal["secretariat", "member"]
MOST_THREADS = 500
MOST_COMMENTS = 200


@dataclass(frozen=True)
class Comment:
    """What one side said; `actor` is who said it, for the record only."""

    at: datetime
    actor: str
    party: Party
    text: str


@dataclass(frozen=True)
class Thread:
    """A thread; `code` is that of the KPI or input, None for the whole submission."""

    id: UUID
    submission: UUID
    kind: About
    code: str | None
    status: ThreadStatus
    opened_at: datetime
    resolved_at: datetime | None = None
    resolved_by: Party | None = None

    @classmethod
    def start(cls, submission: UUID, kind: About, code: str | None, at: datetime) -> "Thread":
        """A new thread."""
        return cls(uuid4(), submission, kind, code, "open", at)

    def require_open(self) -> None:
        """Refuse to go on with a thread that is resolved.

        Raises:
            ProblemError: `thread.resolved` (409).
        """
        if self.status == "resolved":
            raise ProblemError(
                "thread.resolved",
                Kind.CONFLICT,
                "This thread is resolved. Reopen it (POST .../reopen), then comment.",
                french="Ce fil est résolu. Rouvrez-le (POST .../reopen), puis commentez.",
            )

    def resolve(self, party: Party, at: datetime) -> "Thread":
        """The thread, resolved; a resolved one stays as it is."""
        if self.status == "resolved":
            return self
        return replace(self, status="resolved", resolved_at=at, resolved_by=party)

    def reopen(self) -> "Thread":
        """The thread, open; an open one stays as it is."""
        return self if self.status == "open" else replace(self, status="open", resolved_at=None, resolved_by=None)


def require_room(count: int, most: int, what: str) -> None:
    """Refuse more of something than anybody can read.

    Raises:
        ProblemError: `thread.too_many` (409).
    """
    if count >= most:
        raise ProblemError(
            "thread.too_many",
            Kind.CONFLICT,
            f"There are {most} {what} already; more are not kept.",
            french=f"La limite de {most} est atteinte ; rien de plus n'est conservé ici.",
        )


def thread_not_found(thread: UUID) -> ProblemError:
    """The submission has no such thread."""
    return ProblemError(
        "thread.not_found",
        Kind.NOT_FOUND,
        f"This submission has no thread {thread}.",
        french=f"Cette soumission n'a pas de fil {thread}.",
    )
