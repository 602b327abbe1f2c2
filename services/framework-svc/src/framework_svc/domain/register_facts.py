"""What parts of a register are made of: codes with names, and days from the first one on until they hold no more."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field


class Fact(BaseModel):
    """A part of a register; unknown fields are left out, because registers of earlier versions are read, too."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Named(Fact):
    """A part with a code, a name, and its names in other languages."""

    code: str
    name: str
    names: dict[str, str] = Field(default_factory=dict)


class Dated(Fact):
    """What holds on the days from `valid_from` (unknown or always: None) until before `valid_until` (open: None)."""

    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on the day."""
        return (self.valid_from is None or self.valid_from <= day) and not self.is_over_on(day)

    def is_over_on(self, day: date) -> bool:
        """Whether it held before the day and does not any more."""
        return self.valid_until is not None and self.valid_until <= day

    @property
    def is_empty(self) -> bool:
        """Whether there is no day on which it holds."""
        return self.valid_from is not None and self.valid_until is not None and self.valid_until <= self.valid_from


SomeDated = TypeVar("SomeDated", bound=Dated)


def in_order(periods: Iterable[SomeDated]) -> list[SomeDated]:
    """The periods by their first day."""
    return sorted(periods, key=lambda period: (period.valid_from or date.min, period.valid_until or date.max))


def overlap(periods: Iterable[Dated]) -> bool:
    """Whether two of the periods hold on the same day."""
    return any(
        before.valid_until is None or (after.valid_from or date.min) < before.valid_until
        for before, after in pairwise(in_order(periods))
    )


def at_or_nearest(periods: Iterable[SomeDated], day: date) -> SomeDated | None:
    """The period of the day; else the last one before it, else the first one after it."""
    ordered = in_order(periods)
    begun = [period for period in ordered if period.valid_from is None or period.valid_from <= day]
    return begun[-1] if begun else next(iter(ordered), None)
