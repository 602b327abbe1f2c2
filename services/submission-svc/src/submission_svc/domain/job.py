"""Jobs: pushes that are worked off in the background, so that nobody has to wait for them with an open connection."""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from answer_intake.findings import NOTHING, Finding

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
Stage = Literal["queued", "reading", "checking", "saving", "done"]
OPEN: frozenset[str] = frozenset({"queued", "running"})
MOST_ATTEMPTS = 5
MOST_OPEN = 20  # of one administration


@dataclass(frozen=True)
class JobRequest:
    """What is to be pushed, but for the body; `options` are those of the push, as JSON."""

    id: UUID
    cycle: str
    administration: str
    actor: str
    options: dict[str, Any]
    created_at: datetime


@dataclass(frozen=True)
class TakenJob:
    """A job in the hands of one worker; `attempts` counts this one too."""

    request: JobRequest
    body: bytes
    worker: UUID
    attempts: int


@dataclass(frozen=True)
class Progress:
    """How far a job is. `rows_total` is None while it is not known."""

    stage: Stage = "queued"
    rows_done: int = 0
    rows_total: int | None = None


@dataclass(frozen=True)
class Outcome:
    """How a job ended: what the push itself would have answered, and everything that was found in the file."""

    state: JobState
    status: int | None = None
    answer: str | None = None
    findings: Sequence[Finding] = ()
    rows: int = 0

    @property
    def keeps_body(self) -> bool:
        """Whether the file is still of use: to be given back with its errors marked."""
        return self.state == "failed" or bool(self.findings)


class JobStoppedError(Exception):
    """The work on a job ends here, and nothing of it is kept."""


class JobCancelledError(JobStoppedError):
    """Somebody has asked for it to end."""


class LeaseLostError(JobStoppedError):
    """Another worker has taken the job over, or the job is gone."""


class WorkerStopsError(JobStoppedError):
    """The worker is told to stop; another one will take the job."""


def packed(findings: Iterable[Finding]) -> bytes:
    """Findings as they are stored."""
    rows = [[code, row, column, dict(parameters), cell] for code, row, column, parameters, cell in findings]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 3)


def unpacked(stored: bytes) -> list[Finding]:
    """Stored findings; lists among their parameters are tuples again."""
    rows = json.loads(zlib.decompress(stored))
    return [Finding(code, row, column, _parameters(named), cell) for code, row, column, named, cell in rows]


def _parameters(named: dict[str, Any]) -> Any:
    if not named:
        return NOTHING
    return {name: tuple(value) if isinstance(value, list) else value for name, value in named.items()}
