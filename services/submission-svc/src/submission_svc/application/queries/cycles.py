"""Reads cycles; everyone may see them, but rehearsals only those who take part in them."""

from typing import Any

from sqlalchemy import Connection, text

from access_policy import Viewer
from submission_svc.application.queries.rights import may_see_rehearsals
from submission_svc.application.refusals import cycle_not_found

_COLUMNS = (
    "code, name, framework, framework_version, framework_digest, population, reporting_year,"
    " opens_on, closes_on, is_rehearsal, status"
)


def list_cycles(connection: Connection, viewer: Viewer) -> list[dict[str, Any]]:
    """All cycles that the viewer may see, the latest first."""
    rows = connection.execute(
        text(
            f"select {_COLUMNS} from cycle where :rehearsals or not is_rehearsal"  # noqa: S608 - constant text
            " order by reporting_year desc, code"
        ),
        {"rehearsals": may_see_rehearsals(viewer)},
    )
    return [dict(row) for row in rows.mappings()]


def visible_cycle(connection: Connection, viewer: Viewer, code: str) -> dict[str, Any]:
    """One cycle.

    Raises:
        ProblemError: `cycle.not_found` (404), also when it is hidden from the viewer.
    """
    wanted = text(
        f"select {_COLUMNS} from cycle where code = :code and (:rehearsals or not is_rehearsal)"  # noqa: S608 - constant
    )
    parameters = {"code": code, "rehearsals": may_see_rehearsals(viewer)}
    row = connection.execute(wanted, parameters).mappings().one_or_none()
    if row is None:
        raise cycle_not_found(code)
    return dict(row)
