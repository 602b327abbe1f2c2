"""Counts who takes part in a set of administrations, as far as the viewer may be told: see `access_policy.counts`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from access_policy.counts import FEWEST

HANDED_IN = ("submitted", "accepted")


@dataclass(frozen=True)
class Member:
    """An administration, how far its submission is, and what the viewer may know of it.

    `answered` is the part of the framework's KPIs that it has answered, 0..1. The viewer may count with it without
    more ado where `is_known`, is shown it where `is_listed`, and may read what it has answered where `is_open`.
    """

    code: str
    region: str | None
    status: str | None
    answered: float
    is_known: bool
    is_listed: bool
    is_open: bool

    @property
    def has_handed_in(self) -> bool:
        """Whether its submission is more than a draft of its own."""
        return self.status in HANDED_IN


def unknown(members: Sequence[Member]) -> frozenset[str]:
    """Those of whom the viewer does not know whether they take part."""
    return frozenset(member.code for member in members if not member.is_known)


def counts(members: Sequence[Member], *, is_told: bool) -> dict[str, Any]:
    """How many there are, have handed in and have been accepted, and how much those have answered.

    Where the counts may not be told, there is nothing but the number of members, which the register tells everybody.
    """
    handed_in = [member for member in members if member.has_handed_in]
    accepted = sum(member.status == "accepted" for member in handed_in)
    return {
        "members": len(members),
        "submitted": len(handed_in) if is_told else None,
        "accepted": accepted if is_told else None,
        "answered_share": _answered_share(handed_in) if is_told else None,
    }


def _answered_share(handed_in: Sequence[Member]) -> float | None:
    """The mean over those who have handed in.

    To whom some of them are closed it is told to a tenth, over `FEWEST` such members or more: a finer mean that is read
    before and after one member hands in would tell what that member has answered.
    """
    if not handed_in:
        return None
    mean = sum(member.answered for member in handed_in) / len(handed_in)
    closed = sum(not member.is_open for member in handed_in)
    if closed == 0:
        return round(mean, 4)
    return round(mean, 1) if closed >= FEWEST else None
