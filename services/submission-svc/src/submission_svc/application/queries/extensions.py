"""Reads extensions: the secretariat all of a cycle, a member its own."""

from typing import Any

from sqlalchemy import Connection, text

from access_policy import Thing, Viewer, may_see, within
from submission_svc.application.queries.cycles import visible_cycle
from submission_svc.application.queries.rights import require_readable
from submission_svc.application.refusals import extension_not_found

_ALL = text(
    "select e.administration, a.region, e.until, e.reason from extension e join cycle c on c.code = e.cycle"
    " left join administration a on a.population = c.population and a.code = e.administration"
    " where e.cycle = :cycle order by e.administration"
)
_REGION = text("select region from administration where population = :population and code = :administration")


def list_extensions(connection: Connection, viewer: Viewer, cycle: str) -> list[dict[str, Any]]:
    """The extensions of a cycle that the viewer may see, by administration.

    Raises:
        ProblemError: `cycle.not_found` (404).
    """
    viewer = within(viewer, visible_cycle(connection, viewer, cycle)["population"])
    rows = connection.execute(_ALL, {"cycle": cycle}).mappings()
    return [dict(row) for row in rows if may_see(viewer, Thing.SUBMISSION, row["administration"], row["region"])]


def read_extension(connection: Connection, viewer: Viewer, cycle: str, administration: str) -> dict[str, Any]:
    """The extension of one administration.

    Raises:
        ProblemError: `cycle.not_found` (404), `submission.foreign` (403), `extension.not_found` (404).
    """
    population = visible_cycle(connection, viewer, cycle)["population"]
    wanted = {"population": population, "administration": administration}
    require_readable(
        within(viewer, population), administration, connection.execute(_REGION, wanted).scalar_one_or_none()
    )
    for row in connection.execute(_ALL, {"cycle": cycle}).mappings():
        if row["administration"] == administration:
            return dict(row)
    raise extension_not_found(cycle, administration)
