"""The parts of a register over HTTP, read alone to be changed and put back."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from framework_svc.application.queries.populations import stored_part
from framework_svc.domain.register_changes import PartKind
from framework_svc.entrypoints.http.dependencies import Deps
from framework_svc.entrypoints.http.population_part_schemas import (
    AdministrationPart,
    GroupPart,
    OfficePart,
    RegionPart,
)
from framework_svc.entrypoints.http.population_parts import LongCode, ShortCode
from framework_svc.entrypoints.http.populations import PopulationCode
from framework_svc.entrypoints.http.representations import ASK_AGAIN, JSON, NOT_CHANGED, cached_bytes
from framework_svc.entrypoints.http.tags import TAG_HEADER
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1/populations/{code}", tags=["populations"])
ANSWERS: dict[int | str, dict[str, Any]] = {200: {"headers": TAG_HEADER}, **NOT_CHANGED, **responses(404, 422)}


@router.get("/administrations/{administration}", response_model=AdministrationPart, responses=ANSWERS)
def get_population_administration(
    code: PopulationCode, administration: ShortCode, request: Request, deps: Deps
) -> Response:
    """One administration with all its dates, as a PUT to the same address takes it; the ETag is the register's."""
    return _part(code, "administrations", administration, AdministrationPart, request, deps)


@router.get("/regions/{region}", response_model=RegionPart, responses=ANSWERS)
def get_population_region(code: PopulationCode, region: ShortCode, request: Request, deps: Deps) -> Response:
    """One region, as a PUT to the same address takes it; the ETag is that of the register."""
    return _part(code, "regions", region, RegionPart, request, deps)


@router.get("/offices/{office}", response_model=OfficePart, responses=ANSWERS)
def get_population_office(code: PopulationCode, office: LongCode, request: Request, deps: Deps) -> Response:
    """One regional office, as a PUT to the same address takes it; the ETag is that of the register."""
    return _part(code, "offices", office, OfficePart, request, deps)


@router.get("/groups/{group}", response_model=GroupPart, responses=ANSWERS)
def get_population_group(code: PopulationCode, group: LongCode, request: Request, deps: Deps) -> Response:
    """One group with all its members and days, as a PUT to the same address takes it; the ETag is the register's."""
    return _part(code, "groups", group, GroupPart, request, deps)


def _part(code: str, kind: PartKind, part: str, shape: type[BaseModel], request: Request, deps: Deps) -> Response:
    with deps.reader.connect() as connection:
        found, tag = stored_part(connection, code, kind, part)
    content = shape.model_validate(found.model_dump()).model_dump_json().encode()
    return cached_bytes(request, content, JSON, ASK_AGAIN, tag)
