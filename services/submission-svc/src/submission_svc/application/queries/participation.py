"""Reads who takes part: counts by region and group for everyone, single administrations for those who may see them.

Who takes part in a rehearsal is for those who hold it; a member finds itself.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from access_policy import Role, Thing, Viewer, may_see, within
from access_policy.counts import countable_groups, is_countable
from submission_svc.application.queries.completeness import Completeness
from submission_svc.application.queries.counting import HANDED_IN, Member, counts, unknown
from submission_svc.application.queries.cycles import visible_cycle

HOLDERS = (Role.SECRETARIAT, Role.LOADER)
_MEMBERS = text(
    "select a.code, a.region, case when s.in_force_at is null then s.status else 'accepted' end as status,"
    " coalesce(a.valid_from <= :today, true) and coalesce(a.valid_until > :today, true) as is_member"
    " from administration a left join submission s on s.administration = a.code and s.cycle = :cycle"
    " where a.population = :population order by a.code"
)
_SETS = text("select regions, groups from population where code = :population")


def participation(
    connection: Connection, viewer: Viewer, cycle: str, today: date, completeness: Completeness
) -> dict[str, Any]:
    """Counts by region and group, and the administrations of which the viewer may know.

    `submitted` counts what has been handed in, accepted or not yet; `accepted` is the part of it that is, also while a
    revision of it is on its way. Members are those of today.

    Raises:
        ProblemError: `cycle.not_found` (404).
    """
    found = visible_cycle(connection, viewer, cycle)
    viewer = within(viewer, found["population"])
    wanted = {"cycle": cycle, "population": found["population"], "today": today}
    rows = connection.execute(_MEMBERS, wanted).mappings().all()
    shares = completeness.shares(connection, found)
    known = {row["code"]: _member(viewer, row, shares, is_rehearsal=found["is_rehearsal"]) for row in rows}
    members = {row["code"]: known[row["code"]] for row in rows if row["is_member"]}
    sets = connection.execute(_SETS, {"population": found["population"]}).mappings().one()
    is_counted = not found["is_rehearsal"] or viewer.has_role(*HOLDERS)
    return {
        "cycle": cycle,
        **(_counted(sets, members, today) if is_counted else {"regions": [], "groups": []}),
        "administrations": [_shown(member) for member in known.values() if member.is_listed],
    }


def _member(viewer: Viewer, row: RowMapping, shares: Mapping[str, float], *, is_rehearsal: bool) -> Member:
    """What has been handed in is for those who may see participation; a draft only for those who may read it."""
    code, region, status = row["code"], row["region"], row["status"]
    is_open = may_see(viewer, Thing.REHEARSAL if is_rehearsal else Thing.SUBMISSION, code, region)
    is_known = is_open if is_rehearsal else may_see(viewer, Thing.PARTICIPATION, code, region)
    return Member(
        code,
        region,
        status,
        shares.get(code, 0.0),
        is_known=is_known or viewer.has_role(*HOLDERS),  # the loader counts, and is shown nobody
        is_listed=status is not None and (is_known if status in HANDED_IN else is_open),
        is_open=is_open,
    )


def _shown(member: Member) -> dict[str, Any]:
    """What has been answered is no part of taking part: it is for those who may read the submission."""
    share = round(member.answered, 4) if member.is_open else None
    return {"code": member.code, "region": member.region, "status": member.status, "answered_share": share}


def _counted(sets: RowMapping, members: Mapping[str, Member], today: date) -> dict[str, Any]:
    regions = _by_region(sets["regions"], members)
    groups = [(group, _in_group(group, members, today)) for group in sets["groups"]]
    told = countable_groups([unknown(held) for _, held in groups], [unknown(held) for _, _, held in regions])
    return {
        "regions": [
            {"code": code, "name": name, **counts(held, is_told=is_countable(unknown(held)))}
            for code, name, held in regions
        ],
        "groups": [
            {"code": group["code"], "name": group["name"], **counts(held, is_told=is_told)}
            for (group, held), is_told in zip(groups, told, strict=True)
        ],
    }


def _by_region(
    regions: Sequence[dict[str, Any]], members: Mapping[str, Member]
) -> list[tuple[str | None, str | None, list[Member]]]:
    """Code, name and members of each region; last, without code and name, who has none."""
    named = [(region["code"], region["name"]) for region in regions]
    held = [
        (code, name, [each for each in members.values() if each.region == code])
        for code, name in [*named, (None, None)]
    ]
    return [each for each in held if each[0] is not None or each[2]]


def _in_group(group: dict[str, Any], members: Mapping[str, Member], today: date) -> list[Member]:
    """The members of a group today; its days are ISO 8601 texts, whose order is that of the days."""
    day = today.isoformat()
    codes = {
        each["administration"]
        for each in group["members"]
        if (each["valid_from"] or day) <= day and (each["valid_until"] is None or day < each["valid_until"])
    }
    return [members[code] for code in sorted(codes & members.keys())]
