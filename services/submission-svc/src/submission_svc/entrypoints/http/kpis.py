"""The values of KPIs over HTTP, with their breakdowns."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from service_kit.problems import responses
from submission_svc.application.queries.kpis import read_kpis
from submission_svc.entrypoints.http.dependencies import AdministrationCode, CycleCode, Deps, SubmissionReader
from submission_svc.entrypoints.http.push_schemas import KpiValueRead

router = APIRouter(prefix="/api/v1/cycles/{cycle}/submissions/{administration}/kpis", tags=["submissions"])


class KpiValueList(BaseModel):
    """The KPIs in the order of the framework."""

    items: list[KpiValueRead]


@router.get("", response_model=KpiValueList, responses=responses(401, 403, 404))
def get_kpis(cycle: CycleCode, administration: AdministrationCode, viewer: SubmissionReader, deps: Deps) -> Any:
    """What the KPIs of the submission come to as it is now, each with its breakdowns; no scores.

    A dry run shows the same of what it would save.
    """
    with deps.reader.connect() as connection:
        return {"items": read_kpis(connection, viewer, cycle, administration)}
