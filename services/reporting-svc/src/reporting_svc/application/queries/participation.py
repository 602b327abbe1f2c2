"""Reads who takes part, counted by region: who exactly is not public, how many is."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from reporting_svc.application.queries.cycles import ReportedCycle

_COUNTS = text(
    "select a.region, r.name, count(*) as members,"
    " count(*) filter (where p.status in ('submitted', 'accepted')) as submitted,"
    " count(*) filter (where p.status = 'accepted') as accepted"
    " from administration a"
    " left join region r on r.population = a.population and r.code = a.region"
    " left join participation p on p.cycle = :cycle and p.administration = a.code"
    " where a.population = :population"
    " group by a.region, r.name, r.place order by r.place nulls last, a.region nulls last"
)


@dataclass(frozen=True)
class RegionCount:
    """How many administrations a region has, and how many of them have submitted; no region code for those without."""

    region: str | None
    name: str | None
    members: int
    submitted: int
    accepted: int

    @property
    def submitted_share(self) -> float:
        """Submitted (accepted ones included) of all members, 0..1."""
        return self.submitted / self.members if self.members else 0.0

    @property
    def accepted_share(self) -> float:
        """Accepted of all members, 0..1."""
        return self.accepted / self.members if self.members else 0.0


def participation_by_region(connection: Connection, cycle: ReportedCycle) -> list[RegionCount]:
    """The counts of each region, in the order of the register."""
    rows = connection.execute(_COUNTS, {"cycle": cycle.code, "population": cycle.population}).mappings()
    return [RegionCount(row["region"], row["name"], row["members"], row["submitted"], row["accepted"]) for row in rows]


def total(counts: list[RegionCount]) -> RegionCount:
    """All regions together."""
    return RegionCount(
        None,
        None,
        members=sum(count.members for count in counts),
        submitted=sum(count.submitted for count in counts),
        accepted=sum(count.accepted for count in counts),
    )
