"""Tolerant readers of submission-svc's answers, each with only the fields that the pages use."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel


class Cycle(BaseModel):
    """A cycle; `state` and `deadline` are those of the member that asks."""

    code: str
    name: dict[str, str]
    framework: str
    framework_version: str
    population: str
    reporting_year: int
    opens_on: date
    deadline: date
    is_rehearsal: bool
    state: str

    @property
    def is_writable(self) -> bool:
        """Whether it takes answers and submissions of the member now."""
        return self.state in ("open", "late")


class CycleList(BaseModel):
    """Cycles."""

    items: list[Cycle]


class Counts(BaseModel):
    """How much a submission holds."""

    numbers: int
    missing: int
    claims: int


class Summary(BaseModel):
    """A submission without its content."""

    administration: str
    status: str
    return_reason: str | None
    in_force_at: datetime | None
    counts: Counts
    open_threads: int
    changed_at: datetime
    submitted_at: datetime | None
    is_late: bool
    accepted_at: datetime | None


class SummaryList(BaseModel):
    """Submissions that the reader may see."""

    items: list[Summary]


class Disclosure(BaseModel):
    """Who may see what: the level of each KPI named, and of all others."""

    default: str
    kpis: dict[str, str]


class Submission(Summary):
    """A submission with what is still unanswered, and who may see what."""

    unanswered: int
    disclosure: Disclosure

    @property
    def is_locked(self) -> bool:
        """Whether answers stand fast because somebody relies on them."""
        return self.status in ("submitted", "accepted")

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to submit."""
        return not (self.counts.numbers or self.counts.missing or self.counts.claims)

    @property
    def may_withdraw(self) -> bool:
        """Whether there is something that can be taken back."""
        return self.is_locked or self.in_force_at is not None


class Figure(BaseModel):
    """A figure that a warning looks at."""

    input: str
    year: int
    value: float | None


class Reason(BaseModel):
    """A reason; without a code it is the one that the file itself brought."""

    code: str | None
    text: str | None
    at: datetime | None


class OneWarning(BaseModel):
    """A warning, the reason that holds, and the last reason for the like of it."""

    id: str
    kind: str
    text: str
    kpis: list[str]
    figures: list[Figure]
    reason: Reason | None
    earlier_reason: Reason | None

    @property
    def is_about_nothing_given(self) -> bool:
        """Whether it misses figures, so that there is none that could be right."""
        return bool(self.figures) and all(each.value is None for each in self.figures)


class Blocking(BaseModel):
    """A broken rule that must be mended."""

    text: str
    figures: list[Figure]


class Warnings(BaseModel):
    """All that stands between the answers and submitting them."""

    required: bool
    open: int
    blocking: list[Blocking]
    items: list[OneWarning]


class Comment(BaseModel):
    """A comment, and which side made it."""

    by: str
    at: datetime
    text: str


class About(BaseModel):
    """What a thread is about."""

    kind: str
    code: str | None


class Thread(BaseModel):
    """A thread of review."""

    id: UUID
    about: About
    status: str
    comments: list[Comment]


class ThreadList(BaseModel):
    """Threads, the oldest first."""

    items: list[Thread]
