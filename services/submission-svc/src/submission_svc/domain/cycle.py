"""A cycle: one framework version, one reporting year, and the window in which submissions come in."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from service_kit.errors import Kind, ProblemError

CycleStatus = Literal["open", "closed"]
LatePolicy = Literal["refused", "accepted_late"]


@dataclass(frozen=True)
class Cycle:
    """A cycle. The framework version and its digest are fixed when it opens; a rehearsal is never reported."""

    code: str
    name: dict[str, str]
    framework: str
    framework_version: str
    framework_digest: str
    population: str
    reporting_year: int
    opens_on: date
    closes_on: date
    is_rehearsal: bool
    status: CycleStatus = "open"
    late_policy: LatePolicy = "refused"

    def check(self) -> None:
        """Refuse a window that ends before it begins.

        Raises:
            ProblemError: `cycle.window_invalid` (422).
        """
        if self.closes_on < self.opens_on:
            raise ProblemError(
                "cycle.window_invalid",
                Kind.INVALID,
                f"The cycle would close on {self.closes_on}, before it opens on {self.opens_on}. Exchange the dates.",
            )

    def require_same_plan(self, asked: "Cycle") -> None:
        """Accept that the very same cycle is opened again, whatever has happened to it since.

        Raises:
            ProblemError: `cycle.exists` (409) when anything differs.
        """
        if replace(self, status="open") != replace(asked, status="open"):
            raise ProblemError(
                "cycle.exists",
                Kind.CONFLICT,
                f"There is a cycle {self.code} with another framework, year, window or name. Choose another code.",
            )

    def require_writable(self, today: date) -> None:
        """Refuse what may only be done while the cycle is open and within its window.

        Raises:
            ProblemError: `cycle.closed` (409) or `cycle.not_open` (409).
        """
        if self.status == "closed":
            raise ProblemError(
                "cycle.closed", Kind.CONFLICT, f"The cycle {self.code} is closed; it takes no more submissions."
            )
        if not self.opens_on <= today <= self.closes_on:
            raise ProblemError(
                "cycle.not_open",
                Kind.CONFLICT,
                f"The cycle {self.code} takes submissions from {self.opens_on} to {self.closes_on} (UTC); "
                f"today is {today}.",
                opens_on=self.opens_on.isoformat(),
                closes_on=self.closes_on.isoformat(),
            )

    def close(self) -> "Cycle":
        """The cycle, closed."""
        return replace(self, status="closed")
