"""Reads cycles; everyone may see them, but rehearsals only those who hold them or may take part in them."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from access_policy import Viewer, within
from submission_svc.application.queries.rights import foreign, may_see_cycle
from submission_svc.application.refusals import cycle_not_found
from submission_svc.domain.cycle import Cycle

_COLUMNS = (
    "code, name, framework, framework_version, framework_digest, population, reporting_year,"
    " opens_on, closes_on, is_rehearsal, status, late_policy, planned_closes_on"
)


_ALL = text(f"select {_COLUMNS} from cycle order by reporting_year desc, code")  # noqa: S608 - constant text
_EXTENSIONS = text("select cycle, until from extension where administration = :administration")
_ONE = text(f"select {_COLUMNS} from cycle where code = :code")  # noqa: S608 - constant text


def list_cycles(connection: Connection, viewer: Viewer, today: date) -> list[dict[str, Any]]:
    """All cycles that the viewer may see, the latest first, with where each stands for him today."""
    extensions = _extensions(connection, viewer)
    cycles = [dict(row) for row in connection.execute(_ALL).mappings()]
    return [_standing(cycle, viewer, extensions, today) for cycle in cycles if may_see_cycle(viewer, cycle)]


def read_cycle(connection: Connection, viewer: Viewer, code: str, today: date) -> dict[str, Any]:
    """One cycle, with where it stands for the viewer today.

    Raises:
        ProblemError: `cycle.not_found` (404), also when it is hidden from the viewer.
    """
    cycle = visible_cycle(connection, viewer, code)
    return _standing(cycle, viewer, _extensions(connection, viewer), today)


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


def _extensions(connection: Connection, viewer: Viewer) -> dict[str, date]:
    """The extensions of the member that is asking, by cycle."""
    if viewer.administration is None:
        return {}
    rows = connection.execute(_EXTENSIONS, {"administration": viewer.administration})
    return {row.cycle: row.until for row in rows}


def _standing(cycle: dict[str, Any], viewer: Viewer, extensions: dict[str, date], today: date) -> dict[str, Any]:
    """The cycle with its state and deadline: those of the member that is asking, else those of everybody."""
    member = within(viewer, cycle["population"]).administration
    until = None if member is None else extensions.get(cycle["code"])
    known = Cycle(**cycle)
    return {**cycle, "state": known.state(today, until), "deadline": known.deadline(until)}
