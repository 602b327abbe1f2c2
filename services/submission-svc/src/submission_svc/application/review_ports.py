"""What the use cases of review need from outside: decisions on claims, threads, warnings and what was known before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from submission_svc.domain.content import Decision


class Claims(Protocol):
    """Claims as the secretariat decides on them."""

    def decide(self, submission: UUID, decisions: Mapping[str, Decision], at: datetime) -> None:
        """Keep what is said of the claims that hold now, by KPI; what was said before keeps its row."""
