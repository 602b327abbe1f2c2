"""The pages of cycles: the newest one at the start, any of them, and one region of one."""

from fastapi import APIRouter, Response

from access_policy.counts import FEWEST
from reporting_svc.application.queries.cycles import ReportedCycle, reported_cycle, reported_cycles
from reporting_svc.application.queries.participation import participation
from reporting_svc.application.queries.regions import region_report
from reporting_svc.application.queries.scores import means, top_nodes, visible_administrations
from reporting_svc.entrypoints.http.dependencies import Code, CycleCode, today
from reporting_svc.entrypoints.pages.frame import Deps, Frame, PageFrame
from reporting_svc.entrypoints.pages.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.api_route("/", methods=["GET", "HEAD"])
def get_home(frame: PageFrame, deps: Deps) -> Response:
    """The newest cycle."""
    with deps.reader.connect() as connection:
        cycles = reported_cycles(connection)
    if not cycles:
        return frame.page("empty.html")
    return _cycle_page(frame, deps, cycles[0], others=cycles[1:], is_home=True)


@router.api_route("/cycles/{cycle}", methods=["GET", "HEAD"])
def get_cycle(cycle: CycleCode, frame: PageFrame, deps: Deps) -> Response:
    """One cycle."""
    with deps.reader.connect() as connection:
        found = reported_cycle(connection, cycle)
        others = [each for each in reported_cycles(connection) if each.code != found.code]
    return _cycle_page(frame, deps, found, others, is_home=False)


@router.api_route("/cycles/{cycle}/regions/{region}", methods=["GET", "HEAD"])
def get_region(cycle: CycleCode, region: Code, frame: PageFrame, deps: Deps) -> Response:
    """One region of a cycle."""
    with deps.reader.connect() as connection:
        report = region_report(connection, cycle, region, frame.viewer, today(deps))
    return frame.page("region.html", report=report, cycle=report.cycle, top=top_nodes(report.cycle))


def _cycle_page(
    frame: Frame, deps: Deps, cycle: ReportedCycle, others: list[ReportedCycle], *, is_home: bool
) -> Response:
    with deps.reader.connect() as connection:
        counts = participation(connection, cycle, frame.viewer, today(deps))
        administrations = visible_administrations(connection, cycle, frame.viewer)
    return frame.page(
        "cycle.html",
        cycle=cycle,
        others=others,
        is_home=is_home,
        counts=counts,
        fewest=FEWEST,
        means=means(top_nodes(cycle), administrations),
    )
