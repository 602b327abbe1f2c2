"""An extension: the later deadline that the secretariat gives one member, and why."""

from dataclasses import dataclass
from datetime import date

from service_kit.errors import Kind, ProblemError
from submission_svc.domain.cycle import Cycle


@dataclass(frozen=True)
class Extension:
    """The last day (UTC) of one administration in one cycle."""

    cycle: str
    administration: str
    until: date
    reason: str

    def check(self, cycle: Cycle, today: date) -> None:
        """Refuse a day that gives the member nothing.

        Raises:
            ProblemError: `extension.too_early` (422).
        """
        if self.until <= cycle.closes_on or self.until < today:
            raise ProblemError(
                "extension.too_early",
                Kind.INVALID,
                f"An extension until {self.until} gives {self.administration} no more time: the cycle {cycle.code} "
                f"takes submissions until {cycle.closes_on}, and today is {today}. Give a later day.",
                closes_on=cycle.closes_on.isoformat(),
            )
