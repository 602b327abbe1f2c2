"""Registers of populations over HTTP: the list, one register, and loading one."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from framework_svc.application.commands.register_population import RegisterPopulation, register_population
from framework_svc.application.queries.populations import list_populations, stored_population
from framework_svc.domain.population import Administration, Group, Population, Region
from framework_svc.entrypoints.http.dependencies import Deps, Keeper
from framework_svc.entrypoints.http.representations import ASK_AGAIN, NOT_CHANGED, cached_model
from service_kit.problems import responses
from service_kit.texts import PlainText

router = APIRouter(prefix="/api/v1/populations", tags=["populations"])
PopulationCode = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{1,63}$")]
Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,8}$")]
Name = Annotated[PlainText, Field(max_length=200)]


class Strict(BaseModel):
    """A body in which an unknown field is an error, not a silent loss."""

    model_config = ConfigDict(extra="forbid")


class RegionBody(Strict):
    """A region of a register."""

    code: Code
    name: Name


class AdministrationBody(Strict):
    """An administration of a register."""

    code: Code
    name: Name
    region: Code | None = None
    source: Annotated[PlainText, Field(max_length=500)] | None = None


class GroupBody(Strict):
    """A group of administrations, with its source."""

    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_-]{0,31}$")]
    name: Name
    source: Annotated[PlainText, Field(max_length=500)]
    administrations: Annotated[list[Code], Field(max_length=5_000)]


class PopulationUpdate(Strict):
    """A register as a whole: it replaces the present one."""

    name: Name
    regions: Annotated[list[RegionBody], Field(max_length=500)] = Field(default_factory=list)
    administrations: Annotated[list[AdministrationBody], Field(min_length=1, max_length=5_000)]
    groups: Annotated[list[GroupBody], Field(max_length=200)] = Field(default_factory=list)


class PopulationRead(BaseModel):
    """A register."""

    population: str
    name: str
    regions: list[RegionBody]
    administrations: list[AdministrationBody]
    groups: list[GroupBody]


class PopulationSummary(BaseModel):
    """A register, counted."""

    code: str
    name: str
    administrations: int


class PopulationList(BaseModel):
    """All registers."""

    items: list[PopulationSummary]


class PopulationSaved(BaseModel):
    """What saving a register did."""

    population: str
    administrations: int
    changed: bool


@router.get("", response_model=PopulationList, responses=NOT_CHANGED)
def get_populations(request: Request, deps: Deps) -> Response:
    """All populations and how many administrations each has."""
    with deps.reader.connect() as connection:
        found = list_populations(connection)
    return cached_model(request, PopulationList.model_validate({"items": found}), ASK_AGAIN)


@router.get("/{code}", response_model=PopulationRead, responses={**NOT_CHANGED, **responses(404, 422)})
def get_population(code: PopulationCode, request: Request, deps: Deps) -> Response:
    """One register: regions, administrations and the groups that an operator loaded, with their sources."""
    with deps.reader.connect() as connection:
        found = stored_population(connection, code)
    return cached_model(request, PopulationRead.model_validate(found), ASK_AGAIN)


@router.put("/{code}", response_model=PopulationSaved, responses=responses(401, 403, 413, 422))
def put_population(code: PopulationCode, body: PopulationUpdate, keeper: Keeper, deps: Deps) -> Any:
    """Load or replace a register. The same register again changes nothing."""
    population = Population(
        code=code,
        name=body.name,
        regions=tuple(Region(region.code, region.name) for region in body.regions),
        administrations=tuple(
            Administration(each.code, each.name, each.region, each.source) for each in body.administrations
        ),
        groups=tuple(Group(each.code, each.name, each.source, tuple(each.administrations)) for each in body.groups),
    )
    changed = register_population(RegisterPopulation(population, keeper.subject), deps.unit_of_work())
    return PopulationSaved(population=code, administrations=len(body.administrations), changed=changed)
