"""A cycle as scoring knows it: which framework version scores which population in which year."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

CLOSED = "closed"


@dataclass(frozen=True)
class Cycle:
    """One round of scoring. Its facts are fixed when it opens; only its status changes."""

    code: str
    framework: str
    framework_version: str
    framework_digest: str
    population: str
    reporting_year: int
    is_rehearsal: bool

    def as_dict(self) -> dict[str, Any]:
        """The cycle as it stands in events."""
        return asdict(self)


@dataclass(frozen=True)
class CycleState:
    """Where a cycle stands. `last_run_id` changes whenever one of its scores does."""

    status: str
    last_run_id: int | None
    announced_digest: str | None


@dataclass(frozen=True)
class StatusChange:
    """A cycle was opened or closed."""

    cycle: Cycle
    status: str
    at: datetime
