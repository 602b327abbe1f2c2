"""Disclosure levels: how far a value may travel, from everyone to the member alone."""

from collections.abc import Iterable
from enum import StrEnum


class Level(StrEnum):
    """A disclosure level, chosen by the member per KPI; `restricted` is the default and the most closed."""

    PUBLIC = "public"
    WCO = "wco"
    RESTRICTED = "restricted"

    @property
    def closedness(self) -> int:
        """0 for the most open level, growing towards the most closed."""
        return _ORDER[self]

    def covers(self, other: "Level") -> bool:
        """Whether a viewer at this level sees a thing disclosed at `other`."""
        return other.closedness <= self.closedness


_ORDER = {Level.PUBLIC: 0, Level.WCO: 1, Level.RESTRICTED: 2}


def most_closed(levels: Iterable[Level]) -> Level:
    """The most closed of the levels; `RESTRICTED` when there are none, because nobody opened anything."""
    return max(levels, key=lambda level: level.closedness, default=Level.RESTRICTED)
