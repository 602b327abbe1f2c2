"""The command to push, as a request or a job gives it."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from answer_intake.formats import Format
from submission_svc.application.pushing.options import PushOptions
from submission_svc.domain.job import JobRequest


@dataclass(frozen=True)
class PushAnswers:
    """Bring the body into the draft of `administration`; when that is None, each row names its own.

    `received_at` is when it came, where that is not now: whoever came in time is not late because of our queue.
    `expected` are tags of states of the submission that the sender has read, if any.
    """

    cycle: str
    administration: str | None
    body: bytes
    format: Format
    actor: str
    path: str
    language: str = "en"
    idempotency_key: str | None = None
    options: PushOptions = field(default_factory=PushOptions)
    received_at: datetime | None = None
    expected: frozenset[str] | None = None

    @property
    def method(self) -> str:
        """The method of the request."""
        return "DELETE" if self.options.mode == "delete" else "POST"

    @property
    def request_name(self) -> str:
        """What two requests have in common, besides method and body, that ask for the same."""
        said = self.options.said
        return f"{self.path}?{urlencode(sorted(said.items()))}" if said else self.path

    def as_job(self) -> dict[str, Any]:
        """What a job keeps of it, besides the body: JSON."""
        return {
            "format": self.format.value,
            "language": self.language,
            "path": self.path,
            "options": asdict(self.options),
            "expected": None if self.expected is None else sorted(self.expected),
        }

    @classmethod
    def of_job(cls, request: JobRequest, body: bytes) -> "PushAnswers":
        """The command that a job keeps. Its idempotency key has been used for the job itself."""
        kept = request.options
        return cls(
            cycle=request.cycle,
            administration=request.administration,
            body=body,
            format=Format(kept["format"]),
            actor=request.actor,
            path=kept["path"],
            language=kept["language"],
            options=PushOptions(**kept["options"]),
            received_at=request.created_at,
            expected=None if kept.get("expected") is None else frozenset(kept["expected"]),
        )
