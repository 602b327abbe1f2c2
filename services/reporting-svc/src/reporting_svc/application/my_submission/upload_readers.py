"""Tolerant readers of what submission-svc says of uploads: how far they are, and how they ended."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel


class Place(BaseModel):
    """Something that is wrong with a row, where, and what to do."""

    message: str
    hint: str = ""
    row: int | None = None
    column: str | None = None
    cell: str | None = None
    line: int | None = None


class Group(BaseModel):
    """What is wrong for one and the same cause."""

    text: str
    rows: int


class Findings(BaseModel):
    """All that is wrong with a file, at most the first 20,000 one by one, in the language of who reads."""

    errors_found: int
    errors: list[Place]
    groups: list[Group]


class Rule(BaseModel):
    """A broken rule of the framework, as a push tells of it."""

    text: str
    kpis: list[str] = []
    blocks: bool = False
    asks_for_reason: bool = False

    @property
    def is_asked_about(self) -> bool:
        """Whether something must be done about it before submitting."""
        return self.blocks or self.asks_for_reason


class Outcome(BaseModel):
    """How a push ended: what was saved, or the problem. A problem has a code."""

    code: str | None = None
    detail: str = ""
    received: int = 0
    created: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    unanswered: int | None = None
    notes: list[Place] = []
    violations: list[Rule] = []


class JobSummary(BaseModel):
    """An upload."""

    id: UUID
    format: str
    state: str
    stage: str
    rows_done: int
    rows_total: int | None
    is_cancel_asked: bool
    errors_found: int | None
    outcome_status: int | None
    created_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it has not ended yet."""
        return self.state in ("queued", "running")

    @property
    def share(self) -> float | None:
        """How much of the rows is done, 0..1; None where that is not known."""
        return min(1.0, self.rows_done / self.rows_total) if self.rows_total else None


class Job(JobSummary):
    """An upload with how it ended."""

    outcome: Outcome | None


class JobList(BaseModel):
    """Uploads, the latest first."""

    items: list[JobSummary]


class Queued(BaseModel):
    """A push that became a job."""

    id: UUID
