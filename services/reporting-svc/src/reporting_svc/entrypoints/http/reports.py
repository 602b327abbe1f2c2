"""Reports over HTTP: participation, one region, one administration; each as far as the viewer may see."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter

from reporting_svc.application.queries.administrations import AdministrationReport, administration_report
from reporting_svc.application.queries.cycles import ReportedCycle, reported_cycle
from reporting_svc.application.queries.participation import RegionCount, participation
from reporting_svc.application.queries.regions import region_report
from reporting_svc.application.queries.scores import AdministrationScores, Mean
from reporting_svc.entrypoints.http.dependencies import Asking, Code, CycleCode, Deps, today
from reporting_svc.entrypoints.http.schemas import (
    AdministrationRead,
    AdministrationScoresRead,
    CycleRead,
    FrameworkRead,
    MeanRead,
    NodeRead,
    ParticipationRead,
    RegionCountRead,
    RegionRead,
    TopNodeRead,
)
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])
BASIS = "mean of n visible scores"


@router.get("/{cycle}/participation", response_model=ParticipationRead, responses=responses(401, 404, 422))
def get_participation(cycle: CycleCode, viewer: Asking, deps: Deps) -> Any:
    """How many administrations of each region have submitted; who they are is not public.

    Counts that would tell you who takes part are null: those over fewer than five administrations of which you may not
    know it, and the total where it would give such a count away.
    """
    with deps.reader.connect() as connection:
        found = reported_cycle(connection, cycle)
        counts = participation(connection, found, viewer, today(deps))
    return ParticipationRead(
        cycle=_cycle(found), regions=[_count(count) for count in counts.regions], total=_count(counts.total)
    )


@router.get("/{cycle}/regions/{region}", response_model=RegionRead, responses=responses(401, 404, 422))
def get_region_report(cycle: CycleCode, region: Code, viewer: Asking, deps: Deps) -> Any:
    """One region: means over the scores that you may see one by one, and the administrations you may know of."""
    with deps.reader.connect() as connection:
        report = region_report(connection, cycle, region, viewer, today(deps))
    return RegionRead(
        cycle=_cycle(report.cycle),
        region=_count(report.count),
        basis=BASIS,
        means=[_mean(report.cycle, mean) for mean in report.means],
        administrations=[_scores(each) for each in report.administrations],
    )


@router.get(
    "/{cycle}/administrations/{administration}", response_model=AdministrationRead, responses=responses(401, 404, 422)
)
def get_administration_report(cycle: CycleCode, administration: Code, viewer: Asking, deps: Deps) -> Any:
    """What you may see of one administration: its overall score and every node of its card that is open to you."""
    with deps.reader.connect() as connection:
        report = administration_report(connection, cycle, administration, viewer)
    return _administration(report)


def _cycle(cycle: ReportedCycle) -> CycleRead:
    framework = cycle.framework
    return CycleRead(
        code=cycle.code,
        name=_texts(cycle.name),
        reporting_year=cycle.reporting_year,
        status=cycle.status,
        framework=FrameworkRead(
            code=cycle.framework_code,
            version=cycle.framework_version,
            name=_texts(framework.name if framework else None),
            label=_texts(cycle.label),
        ),
    )


def _texts(localized: Mapping[str, str] | None) -> dict[str, str] | None:
    return dict(localized) if localized is not None else None


def _count(count: RegionCount) -> RegionCountRead:
    return RegionCountRead(
        region=count.region,
        name=count.name,
        members=count.members,
        submitted=count.submitted,
        accepted=count.accepted,
        submitted_share=count.submitted_share,
        accepted_share=count.accepted_share,
    )


def _mean(cycle: ReportedCycle, mean: Mean) -> MeanRead:
    node = cycle.node(mean.node)
    return MeanRead(
        node=mean.node,
        name=_texts(node.name if node else None),
        kind=node.kind if node else None,
        mean=mean.mean,
        n=mean.n,
        coverage_share=mean.coverage_share,
    )


def _scores(each: AdministrationScores) -> AdministrationScoresRead:
    nodes = [
        TopNodeRead(node=code, state=node.state, score=node.score, band=node.band, coverage=node.coverage)
        for code, node in each.nodes.items()
    ]
    return AdministrationScoresRead(administration=each.code, name=each.name, status=each.status, nodes=nodes)


def _administration(report: AdministrationReport) -> AdministrationRead:
    nodes = [NodeRead.model_validate(node) for node in report.card["nodes"]] if report.card else []
    root = next((node for node in nodes if node.parent is None), None)
    return AdministrationRead(
        cycle=_cycle(report.cycle),
        administration=report.code,
        name=report.name,
        region=report.region,
        level=report.level,
        status=report.status,
        score=root.score if root else None,
        band=root.band if root else None,
        coverage=root.coverage if root else None,
        updated_at=report.updated_at,
        nodes=nodes,
        explanation_url=f"/api/v1/scores/{report.cycle.code}/{report.code}/explanation",
    )
