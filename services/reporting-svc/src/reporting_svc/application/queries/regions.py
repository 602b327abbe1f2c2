"""Reads one region of a cycle: counts and scores as far as the viewer may see them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from access_policy import Viewer
from reporting_svc.application.queries.cycles import ReportedCycle, reported_cycle
from reporting_svc.application.queries.participation import RegionCount, participation
from reporting_svc.application.queries.scores import (
    AdministrationScores,
    Mean,
    means,
    top_nodes,
    visible_administrations,
)
from service_kit.errors import Kind, ProblemError


@dataclass(frozen=True)
class RegionReport:
    """A region with its counts, the means of visible scores, and the administrations the viewer may know of."""

    cycle: ReportedCycle
    count: RegionCount
    means: list[Mean]
    administrations: list[AdministrationScores]


def region_report(connection: Connection, cycle_code: str, region: str, viewer: Viewer, today: date) -> RegionReport:
    """The region as the viewer sees it.

    Raises:
        ProblemError: `report.no_such_cycle` (404), `report.no_such_region` (404).
    """
    cycle = reported_cycle(connection, cycle_code)
    counts = participation(connection, cycle, viewer, today).regions
    count = next((count for count in counts if count.region == region), None)
    if count is None:
        raise ProblemError("report.no_such_region", Kind.NOT_FOUND, "The register of this cycle has no such region.")
    administrations = visible_administrations(connection, cycle, viewer, region)
    return RegionReport(cycle, count, means(top_nodes(cycle), administrations), administrations)
