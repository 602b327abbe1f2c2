"""Reads submissions for those who may see them: the member itself, the secretariat, an assigned reviewer."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from access_policy import Thing, Viewer, may_see, within
from submission_svc.application.queries.contents import content_document, read_content
from submission_svc.application.queries.cycles import visible_cycle
from submission_svc.application.queries.rights import require_readable
from submission_svc.application.refusals import administration_not_found, submission_not_found
from submission_svc.domain.disclosure import Disclosure
from submission_svc.domain.submission import state_tag

MOST_LISTED = 5_000
_COUNTED = """
    select s.id, s.cycle, s.administration, a.region, s.status, s.revision, s.changes, s.disclosure, s.return_reason,
           s.in_force_at, s.is_late, s.started_at, s.changed_at, s.submitted_at, s.accepted_at,
           held.numbers, held.missing,
           (select count(*) from claim where submission = s.id and until = 'infinity') as claims,
           (select count(*) from thread where submission = s.id and status = 'open') as open_threads
      from submission s join cycle c on c.code = s.cycle
      cross join lateral (
          select count(*) filter (where state = 'number') as numbers,
                 count(*) filter (where state = 'missing') as missing
            from answer where submission = s.id and until = 'infinity'
      ) held
      left join administration a on a.population = c.population and a.code = s.administration
     where s.cycle = :cycle
"""
_MEMBER = text("select region from administration where population = :population and code = :code")
_ONE = text(f"{_COUNTED} and s.administration = :administration")
_SEVERAL = text(f"{_COUNTED} and (:is_any or s.status = any(:statuses)) order by s.administration limit :most")


def list_submissions(
    connection: Connection, viewer: Viewer, cycle: str, statuses: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The submissions of a cycle that the viewer may see, without their content, by administration.

    `statuses` names those that are wanted; none of them means all.
    """
    viewer = within(viewer, visible_cycle(connection, viewer, cycle)["population"])
    wanted = {"cycle": cycle, "most": MOST_LISTED, "is_any": not statuses, "statuses": list(statuses)}
    rows = connection.execute(_SEVERAL, wanted).mappings()
    return [
        _with_counts(dict(row))
        for row in rows
        if may_see(viewer, Thing.SUBMISSION, row["administration"], row["region"])
    ]


def read_submission(connection: Connection, viewer: Viewer, cycle: str, administration: str) -> dict[str, Any]:
    """One submission with its content.

    Raises:
        ProblemError: `cycle.not_found` (404), `submission.foreign` (403), `administration.not_found` (404),
            `submission.not_found` (404).
    """
    found = read_submission_state(connection, viewer, cycle, administration)
    return {**found, **content_document(read_content(connection, found["id"]))}


def read_submission_state(connection: Connection, viewer: Viewer, cycle: str, administration: str) -> dict[str, Any]:
    """One submission without its content; refuses like `read_submission`."""
    asked = require_reader(connection, viewer, cycle, administration)
    row = connection.execute(_ONE, {"cycle": cycle, "administration": administration}).mappings().one_or_none()
    if row is not None:
        return {**_with_counts(dict(row)), "disclosure": Disclosure.from_dict(row["disclosure"]).as_dict()}
    if not asked.is_member:
        raise administration_not_found(asked.population, administration)
    raise submission_not_found(administration)


@dataclass(frozen=True)
class Asked:
    """Whose submission is asked for: the population of the cycle, and whether its register has the administration."""

    population: str
    region: str | None
    is_member: bool


def require_reader(connection: Connection, viewer: Viewer, cycle: str, administration: str) -> Asked:
    """Refuse whoever may not read the submission of this administration, begun or not.

    Raises:
        ProblemError: `cycle.not_found` (404), `submission.foreign` (403).
    """
    population = visible_cycle(connection, viewer, cycle)["population"]
    wanted = {"population": population, "code": administration}
    member = connection.execute(_MEMBER, wanted).one_or_none()
    asked = Asked(population, member.region if member else None, member is not None)
    require_readable(within(viewer, population), administration, asked.region)
    return asked


def _with_counts(row: dict[str, Any]) -> dict[str, Any]:
    names = ("numbers", "missing", "claims")
    counts = {name: row.pop(name) for name in names}
    return {**row, "counts": counts, "tag": state_tag(row["revision"], row.pop("changes"))}
