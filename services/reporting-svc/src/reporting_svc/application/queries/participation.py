"""Reads who takes part, counted by region: who exactly is not public, how many is, as far as that names nobody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Connection, Row, text

from access_policy import Thing, Viewer, may_see, within
from access_policy.counts import Members, is_countable, is_total_countable
from reporting_svc.application.queries.cycles import ReportedCycle

_MEMBERS = text(
    "select a.code, a.region, r.name, p.status"
    " from administration a"
    " left join region r on r.population = a.population and r.code = a.region"
    " left join participation p on p.cycle = :cycle and p.administration = a.code"
    " where a.population = :population"
    " and coalesce(a.valid_from <= :today, true) and coalesce(a.valid_until > :today, true)"
    " order by r.place nulls last, a.region nulls last"
)
Member = Row[tuple[str, str | None, str | None, str | None]]


@dataclass(frozen=True)
class RegionCount:
    """How many administrations a region has, and how many of them have submitted; no region code for those without.

    `submitted` and `accepted` are None where they would tell the viewer who takes part: see `access_policy.counts`.
    """

    region: str | None
    name: str | None
    members: int
    submitted: int | None
    accepted: int | None

    @property
    def is_told(self) -> bool:
        """Whether the viewer is told the counts."""
        return self.submitted is not None

    @property
    def submitted_share(self) -> float | None:
        """Submitted (accepted ones included) of all members, 0..1; None where it is not told."""
        return self._share(self.submitted)

    @property
    def accepted_share(self) -> float | None:
        """Accepted of all members, 0..1; None where it is not told."""
        return self._share(self.accepted)

    def _share(self, count: int | None) -> float | None:
        if count is None:
            return None
        return count / self.members if self.members else 0.0


@dataclass(frozen=True)
class Participation:
    """The counts of each region, in the order of the register, and of all together."""

    regions: list[RegionCount]
    total: RegionCount

    @property
    def is_all_told(self) -> bool:
        """Whether no count is kept back."""
        return self.total.is_told and all(count.is_told for count in self.regions)


def participation(connection: Connection, cycle: ReportedCycle, viewer: Viewer, today: date) -> Participation:
    """The counts over the members of today, as far as the viewer may be told them."""
    wanted = {"cycle": cycle.code, "population": cycle.population, "today": today}
    members = connection.execute(_MEMBERS, wanted).all()
    unknown = _unknown_to(within(viewer, cycle.population))
    regions = [list(held) for _, held in groupby(members, key=lambda member: member.region)]
    return Participation(
        [_count(held, held[0].region, held[0].name, is_told=is_countable(unknown(held))) for held in regions],
        _count(members, None, None, is_told=is_total_countable(unknown(held) for held in regions)),
    )


def _unknown_to(viewer: Viewer) -> Callable[[Sequence[Member]], Members]:
    """Picks those of whom the viewer may not know whether they take part."""
    return lambda members: frozenset(
        member.code for member in members if not may_see(viewer, Thing.PARTICIPATION, member.code, member.region)
    )


def _count(members: Sequence[Member], region: str | None, name: str | None, *, is_told: bool) -> RegionCount:
    submitted = sum(member.status in ("submitted", "accepted") for member in members)
    accepted = sum(member.status == "accepted" for member in members)
    return RegionCount(region, name, len(members), submitted if is_told else None, accepted if is_told else None)
