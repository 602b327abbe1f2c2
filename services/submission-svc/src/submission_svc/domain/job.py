"""Jobs: pushes that are worked off in the background, so that nobody has to wait for them with an open connection."""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Literal
from uuid import UUID

from answer_intake.findings import NOTHING, Finding
from answer_intake.formats import Format

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
Stage = Literal["queued", "reading", "checking", "saving", "marking", "done"]
OPEN: frozenset[str] = frozenset({"queued", "running"})
MOST_ATTEMPTS = 5
# Of one administration in one cycle.
MOST_OPEN, MOST_OPEN_BYTES = 20, 200 * 2**20
MOST_KEPT, MOST_KEPT_BYTES = 200, 100 * 2**20  # of jobs that have ended; the oldest go first
KEPT = timedelta(days=30)
FINDINGS_A_PIECE, BYTES_A_PIECE = 10_000, 2**14


@dataclass(frozen=True)
class JobRequest:
    """What is to be pushed, but for the body; `options` are those of the push, as JSON."""

    id: UUID
    cycle: str
    administration: str
    actor: str
    options: dict[str, Any]
    created_at: datetime

    @property
    def is_workbook(self) -> bool:
        """Whether the body is a workbook, whose faulty cells can be marked."""
        return bool(self.options["format"] == Format.XLSX)


@dataclass(frozen=True)
class Progress:
    """How far a job is. `rows_total` is None while it is not known."""

    stage: Stage = "queued"
    rows_done: int = 0
    rows_total: int | None = None


@dataclass(frozen=True)
class ToMark:
    """What is left to do when a push is over: to mark what was found in its rows."""

    findings: Collection[Finding]
    rows: int


@dataclass(frozen=True)
class TakenJob:
    """A job in the hands of one worker; `attempts` counts this one too. `to_mark` is there once its push is over."""

    request: JobRequest
    body: bytes
    worker: UUID
    attempts: int
    to_mark: ToMark | None = None

    @property
    def beginning(self) -> Progress:
        """Where the worker begins."""
        return Progress("reading") if self.to_mark is None else Progress("marking", 0, self.to_mark.rows)


@dataclass(frozen=True)
class JobNow:
    """A job that somebody wants to end: whether a worker holds it, and whether its push is over."""

    state: JobState
    is_held: bool
    is_pushed: bool
    is_cancel_asked: bool
    finished_at: datetime | None


@dataclass(frozen=True)
class Outcome:
    """How a push ended: what it would have answered itself, and everything that was found in the file.

    `rows` are those of the file, where they could be counted. With `is_to_be_marked` the job goes on: its workbook is
    to come back with the faulty cells marked.
    """

    state: JobState
    status: int | None = None
    answer: str | None = None
    findings: Collection[Finding] = ()
    rows: int | None = None
    is_to_be_marked: bool = False


class JobStoppedError(Exception):
    """The work on a job ends here, and nothing of it is kept."""


class JobCancelledError(JobStoppedError):
    """Somebody has asked for it to end."""


class LeaseLostError(JobStoppedError):
    """Another worker has taken the job over, or the job is gone."""


class WorkerStopsError(JobStoppedError):
    """The worker is told to stop; another one will take the job."""


def packed(findings: Iterable[Finding]) -> bytes:
    """Findings as they are stored: a piece of them a line, so that never all of them are in memory as text."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    rows = ([code, row, column, dict(parameters), cell] for code, row, column, parameters, cell in findings)
    packer, made = zlib.compressobj(3), []
    while piece := list(islice(rows, FINDINGS_A_PIECE)):
        made.append(packer.compress(f"{encode(piece)}\n".encode()))
    return b"".join([*made, packer.flush()])


class StoredFindings(Collection[Finding]):
    """Stored findings, unpacked piece by piece whenever they are gone through."""

    def __init__(self, stored: bytes | None, count: int | None) -> None:
        self._stored, self._count = stored or packed(()), count or 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, finding: object) -> bool:
        return any(each == finding for each in self)

    def __iter__(self) -> Iterator[Finding]:
        unpacker, rest = zlib.decompressobj(), b""
        for start in range(0, len(self._stored), BYTES_A_PIECE):
            *lines, rest = (rest + unpacker.decompress(self._stored[start : start + BYTES_A_PIECE])).split(b"\n")
            for line in lines:
                yield from _findings(line)
        if rest:  # as they were stored before there were lines
            yield from _findings(rest)


def _findings(line: bytes) -> Iterator[Finding]:
    """Findings of a piece; lists among their parameters are tuples again."""
    for code, row, column, named, cell in json.loads(line):
        yield Finding(code, row, column, _parameters(named), cell)


def _parameters(named: dict[str, Any]) -> Any:
    if not named:
        return NOTHING
    if not any(type(value) is list for value in named.values()):
        return named
    return {name: tuple(value) if isinstance(value, list) else value for name, value in named.items()}
