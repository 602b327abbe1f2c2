"""Disclosure levels: how far a value may travel, from everyone to the member alone.

Which there are is configuration: the file that OPENPMM_LEVELS_FILE names, else the one shipped. It is read on import,
because the schemas of requests, answers and events are made of the levels, and those are there as soon as a module is.
"""

import os
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from access_policy.levels_file import SHIPPED, LevelEntry, read_levels

SETTING = "OPENPMM_LEVELS_FILE"
CONFIGURED = read_levels(Path(os.environ.get(SETTING) or SHIPPED))


class Level(StrEnum):
    """A disclosure level, chosen by the member per KPI; the last is the default and the most closed."""

    # The way in which the standard library makes members from data: the names in a class body become members.
    vars().update({code.upper(): code for code in CONFIGURED.codes})

    @classmethod
    def stored(cls, code: str) -> "Level":
        """The level of what was stored or sent under an earlier list; what is no level any more is the most closed."""
        try:
            return cls(code)
        except ValueError:
            return MOST_CLOSED

    @property
    def closedness(self) -> int:
        """0 for the most open level, growing towards the most closed."""
        return _ORDER[self]

    @property
    def entry(self) -> LevelEntry:
        """What the file says of the level: its name, and who sees it."""
        return CONFIGURED.levels[self.closedness]

    def covers(self, other: "Level") -> bool:
        """Whether a viewer at this level sees a thing disclosed at `other`."""
        return other.closedness <= self.closedness


LEVELS: tuple[Level, ...] = tuple(Level)
MOST_OPEN, MOST_CLOSED = LEVELS[0], LEVELS[-1]
GRANTS = LEVELS[:-1]  # what an integrator may be granted
_ORDER = {level: place for place, level in enumerate(LEVELS)}

# The wording is that of the API documents, where the levels are named.
Level.__doc__ = f"A disclosure level, chosen by the member per KPI; `{MOST_CLOSED}` is the default and the most closed."


def most_closed(levels: Iterable[Level]) -> Level:
    """The most closed of the levels; `MOST_CLOSED` when there are none, because nobody opened anything."""
    return max(levels, key=lambda level: level.closedness, default=MOST_CLOSED)
