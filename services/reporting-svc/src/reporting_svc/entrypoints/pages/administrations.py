"""The page of one administration: its scores and how each of them came about."""

from fastapi import APIRouter, Response

from access_policy import MOST_CLOSED, MOST_OPEN
from reporting_svc.application.queries.administrations import administration_report
from reporting_svc.entrypoints.http.dependencies import Code, CycleCode
from reporting_svc.entrypoints.pages.explanation import explained
from reporting_svc.entrypoints.pages.frame import Deps, PageFrame
from reporting_svc.entrypoints.pages.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_TOLD = {MOST_OPEN: "level.of.open", MOST_CLOSED: "level.of.closed"}


@router.api_route("/cycles/{cycle}/administrations/{administration}", methods=["GET", "HEAD"])
def get_administration(cycle: CycleCode, administration: Code, frame: PageFrame, deps: Deps) -> Response:
    """One administration as the viewer may see it."""
    with deps.reader.connect() as connection:
        report = administration_report(connection, cycle, administration, frame.viewer)
    tree = explained(report.cycle, report.card) if report.card else None
    return frame.page(
        "administration.html",
        report=report,
        cycle=report.cycle,
        tree=tree,
        is_complete=report.level is MOST_CLOSED,
        told=_TOLD.get(report.level, "level.of.between"),
    )
