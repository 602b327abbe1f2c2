"""Reads who takes part: counts by region for everyone, single administrations for those who may see them.

Who takes part in a rehearsal is for those who hold it; a member finds itself.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from access_policy import Role, Thing, Viewer, may_see, within
from submission_svc.application.queries.cycles import visible_cycle

HANDED_IN = ("submitted", "accepted")
HOLDERS = (Role.SECRETARIAT, Role.LOADER)


def participation(connection: Connection, viewer: Viewer, cycle: str) -> dict[str, Any]:
    """Counts by region, and the administrations of which the viewer may know.

    `submitted` counts what has been handed in, accepted or not yet; `accepted` is the part of it that is, also while a
    revision of it is on its way.

    Raises:
        ProblemError: `cycle.not_found` (404).
    """
    found = visible_cycle(connection, viewer, cycle)
    population, is_rehearsal = found["population"], found["is_rehearsal"]
    viewer = within(viewer, population)
    members = (
        connection.execute(
            text(
                "select a.code, a.region,"
                " case when s.in_force_at is null then s.status else 'accepted' end as status from administration a"
                " left join submission s on s.administration = a.code and s.cycle = :cycle"
                " where a.population = :population order by a.code"
            ),
            {"cycle": cycle, "population": population},
        )
        .mappings()
        .all()
    )
    wanted = text("select regions from population where code = :population")
    regions = connection.execute(wanted, {"population": population}).scalar_one()
    return {
        "cycle": cycle,
        "regions": _by_region(regions, members) if not is_rehearsal or viewer.has_role(*HOLDERS) else [],
        "administrations": [dict(member) for member in members if _may_know(viewer, member, is_rehearsal)],
    }


def _by_region(regions: Sequence[dict[str, Any]], members: Sequence[RowMapping]) -> list[dict[str, Any]]:
    total = Counter(member["region"] for member in members)
    submitted = Counter(member["region"] for member in members if member["status"] in HANDED_IN)
    accepted = Counter(member["region"] for member in members if member["status"] == "accepted")
    named = [(region["code"], region["name"]) for region in regions]
    without = [(None, None)] if total[None] else []
    return [
        {"code": code, "name": name, "members": total[code], "submitted": submitted[code], "accepted": accepted[code]}
        for code, name in [*named, *without]
    ]


def _may_know(viewer: Viewer, member: RowMapping, is_rehearsal: bool) -> bool:
    """What has been handed in is for those who may see participation; a draft only for those who may read it."""
    if member["status"] is None:
        return False
    thing = Thing.PARTICIPATION if member["status"] in HANDED_IN else Thing.SUBMISSION
    return may_see(viewer, Thing.REHEARSAL if is_rehearsal else thing, member["code"], member["region"])
