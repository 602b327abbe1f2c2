"""The parts of a register over HTTP: one administration, region, office or group at a time."""

from datetime import UTC
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel

from framework_svc.application.commands.edit_register import PutRegisterPart, RemoveRegisterPart, edit_register
from framework_svc.domain.population import Office, Region
from framework_svc.domain.register_changes import Part, PartKind
from framework_svc.entrypoints.http.dependencies import Deps, Keeper
from framework_svc.entrypoints.http.population_answers import PopulationSaved
from framework_svc.entrypoints.http.population_bodies import administration_of, as_sent, facts, group_of
from framework_svc.entrypoints.http.population_schemas import (
    AdministrationUpdate,
    GroupUpdate,
    OfficeUpdate,
    RegionUpdate,
)
from framework_svc.entrypoints.http.populations import PopulationCode, register_saved
from framework_svc.entrypoints.http.tags import TAG_HEADER, Expected
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1/populations/{code}", tags=["populations"])
ShortCode = Annotated[str, Path(pattern=r"^[A-Z0-9]{2,8}$")]
LongCode = Annotated[str, Path(pattern=r"^[A-Z][A-Z0-9_-]{0,31}$")]
AnyCode = Annotated[str, Path(pattern=r"^[A-Z0-9][A-Z0-9_-]{0,31}$")]
TAGGED: dict[int | str, dict[str, Any]] = {200: {"headers": TAG_HEADER}}
PUT_ANSWERS = {**TAGGED, **responses(400, 401, 403, 404, 412, 413, 422, 428)}


@router.put("/administrations/{administration}", response_model=PopulationSaved, responses=PUT_ANSWERS)
def put_population_administration(
    code: PopulationCode,
    administration: ShortCode,
    body: AdministrationUpdate,
    response: Response,
    keeper: Keeper,
    expected: Expected,
    deps: Deps,
) -> Any:
    """Add an administration or change it: its names, its regions one after the other, when it joined and left.

    It takes the place of the present one. What would lose a field that is there now is refused, unless the field is
    sent as null.
    """
    part = administration_of(administration, body, deps.clock().astimezone(UTC).date())
    return _put(code, "administrations", part, body, response, keeper.subject, expected, deps)


@router.put("/regions/{region}", response_model=PopulationSaved, responses=PUT_ANSWERS)
def put_population_region(
    code: PopulationCode,
    region: ShortCode,
    body: RegionUpdate,
    response: Response,
    keeper: Keeper,
    expected: Expected,
    deps: Deps,
) -> Any:
    """Add a region or change its names; what would lose one of them is refused, unless it is sent as null."""
    part = Region.model_validate({**facts(body), "code": region})
    return _put(code, "regions", part, body, response, keeper.subject, expected, deps)


@router.put("/offices/{office}", response_model=PopulationSaved, responses=PUT_ANSWERS)
def put_population_office(
    code: PopulationCode,
    office: LongCode,
    body: OfficeUpdate,
    response: Response,
    keeper: Keeper,
    expected: Expected,
    deps: Deps,
) -> Any:
    """Add a regional office or change it; what would lose a field is refused, unless it is sent as null."""
    part = Office.model_validate({**facts(body), "code": office})
    return _put(code, "offices", part, body, response, keeper.subject, expected, deps)


@router.put("/groups/{group}", response_model=PopulationSaved, responses=PUT_ANSWERS)
def put_population_group(
    code: PopulationCode,
    group: LongCode,
    body: GroupUpdate,
    response: Response,
    keeper: Keeper,
    expected: Expected,
    deps: Deps,
) -> Any:
    """Load a group with its source, or change who is in it; what would lose a field is refused, but for null."""
    part = group_of(group, body, deps.clock().astimezone(UTC).date())
    return _put(code, "groups", part, body, response, keeper.subject, expected, deps)


@router.delete(
    "/{kind}/{part}",
    response_model=PopulationSaved,
    responses={**TAGGED, **responses(401, 403, 404, 412, 422, 428)},
)
def delete_population_part(
    code: PopulationCode,
    kind: PartKind,
    part: AnyCode,
    response: Response,
    keeper: Keeper,
    expected: Expected,
    deps: Deps,
) -> Any:
    """Remove a part that should never have been there; what has come to its end gets `valid_until` instead."""
    command = RemoveRegisterPart(code, kind, part, expected, keeper.subject)
    return register_saved(response, edit_register(command, deps.unit_of_work(), deps.clock))


def _put(
    code: str,
    kind: PartKind,
    part: Part,
    body: BaseModel,
    response: Response,
    actor: str,
    expected: frozenset[str] | None,
    deps: Deps,
) -> PopulationSaved:
    command = PutRegisterPart(code, kind, part, as_sent(body), expected, actor)
    return register_saved(response, edit_register(command, deps.unit_of_work(), deps.clock))
