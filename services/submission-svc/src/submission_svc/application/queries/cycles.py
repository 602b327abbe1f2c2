"""Reads cycles; everyone may see them, but rehearsals only those who hold them or may take part in them."""

from typing import Any

from sqlalchemy import Connection, text

from access_policy import Viewer, within
from submission_svc.application.queries.rights import foreign, may_see_cycle
from submission_svc.application.refusals import cycle_not_found

_COLUMNS = (
    "code, name, framework, framework_version, framework_digest, population, reporting_year,"
    " opens_on, closes_on, is_rehearsal, status"
)


_ALL = text(f"select {_COLUMNS} from cycle order by reporting_year desc, code")  # noqa: S608 - constant text
_ONE = text(f"select {_COLUMNS} from cycle where code = :code")  # noqa: S608 - constant text


def list_cycles(connection: Connection, viewer: Viewer) -> list[dict[str, Any]]:
    """All cycles that the viewer may see, the latest first."""
    cycles = [dict(row) for row in connection.execute(_ALL).mappings()]
    return [cycle for cycle in cycles if may_see_cycle(viewer, cycle)]


def visible_cycle(connection: Connection, viewer: Viewer, code: str) -> dict[str, Any]:
    """One cycle.

    Raises:
        ProblemError: `cycle.not_found` (404), also when it is hidden from the viewer.
    """
    row = connection.execute(_ONE, {"code": code}).mappings().one_or_none()
    if row is None or not may_see_cycle(viewer, cycle := dict(row)):
        raise cycle_not_found(code)
    return cycle


def require_own(connection: Connection, viewer: Viewer, code: str, administration: str) -> None:
    """Refuse whoever does not act for this administration in the population of this cycle.

    Raises:
        ProblemError: `cycle.not_found` (404), `submission.foreign` (403).
    """
    population = visible_cycle(connection, viewer, code)["population"]
    if not within(viewer, population).acts_for(administration):
        raise foreign()
