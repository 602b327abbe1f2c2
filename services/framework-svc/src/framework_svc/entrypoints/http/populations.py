"""Registers of populations over HTTP: the list, one register, and loading one."""

from datetime import UTC, date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from framework_svc.application.commands.register_population import RegisterPopulation, register_population
from framework_svc.application.commands.registers import SavedRegister
from framework_svc.application.queries.populations import list_populations, stored_population
from framework_svc.domain.register_changes import as_read
from framework_svc.domain.sent import Sent
from framework_svc.entrypoints.http.dependencies import Deps, Keeper
from framework_svc.entrypoints.http.population_answers import PopulationList, PopulationRead, PopulationSaved
from framework_svc.entrypoints.http.population_bodies import as_sent, population_of
from framework_svc.entrypoints.http.population_schemas import PopulationUpdate
from framework_svc.entrypoints.http.representations import ASK_AGAIN, JSON, NOT_CHANGED, cached_bytes, cached_model
from framework_svc.entrypoints.http.tags import TAG_HEADER, Expected
from service_kit.paging import Cursor, Limit
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1/populations", tags=["populations"])
PopulationCode = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{1,63}$")]
Day = Annotated[
    date | None, Query(description="What holds on this day, and nothing else; all with its dates when left out")
]


def register_saved(response: Response, saved: SavedRegister) -> PopulationSaved:
    """Say what a register is now and which state this is."""
    tag = saved.population.tag
    response.headers["etag"] = f'"{tag}"'
    return PopulationSaved(
        population=saved.population.code,
        administrations=len(saved.population.administrations),
        changed=bool(saved.parts),
        parts=saved.parts,
        tag=tag,
    )


@router.get("", response_model=PopulationList, responses={**NOT_CHANGED, **responses(400, 422)})
def get_populations(request: Request, deps: Deps, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """The populations and how many administrations each has, by code."""
    with deps.reader.connect() as connection:
        found = list_populations(connection, limit, cursor)
    return cached_model(request, PopulationList.model_validate(found), ASK_AGAIN)


@router.get(
    "/{code}",
    response_model=PopulationRead,
    responses={200: {"headers": TAG_HEADER}, **NOT_CHANGED, **responses(404, 422)},
)
def get_population(code: PopulationCode, request: Request, deps: Deps, on: Day = None) -> Response:
    """One register: regions, offices, administrations and the groups that an operator loaded, with their sources.

    Its ETag names the state of the register; changes of it ask for that. What was read without a day may be sent back.
    """
    with deps.reader.connect() as connection:
        register = stored_population(connection, code)
    day = on or deps.clock().astimezone(UTC).date()
    shown = as_read(register.on(day) if on else register, day)
    content = PopulationRead.model_validate({**shown, "on": on}).model_dump_json().encode()
    return cached_bytes(request, content, JSON, ASK_AGAIN, f"{register.tag};{'on' if on else 'all'}={day}")


@router.put(
    "/{code}",
    response_model=PopulationSaved,
    responses={200: {"headers": TAG_HEADER}, **responses(400, 401, 403, 412, 413, 422, 428)},
)
def put_population(
    code: PopulationCode, body: PopulationUpdate, response: Response, keeper: Keeper, expected: Expected, deps: Deps
) -> Any:
    """Load a register, or replace the one that you have read. The same register again changes nothing.

    What would lose a field that is there now is refused, unless the field is sent as null, or the list as an empty one.
    A part that is not in a list you send is taken away.
    """
    population = population_of(code, body, deps.clock().astimezone(UTC).date())
    command = RegisterPopulation(population, expected, keeper.subject, Sent(as_sent(body)))
    return register_saved(response, register_population(command, deps.unit_of_work(), deps.clock))
