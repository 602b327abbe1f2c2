"""From bodies of requests to registers and their parts, and what contradicts itself in a body."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from framework_svc.domain.population import Administration, Group, Population
from framework_svc.entrypoints.http.population_schemas import AdministrationUpdate, GroupUpdate, PopulationUpdate
from service_kit.errors import Finding, Kind, ProblemError


def population_of(code: str, body: PopulationUpdate, day: date) -> Population:
    """The register that a body describes.

    Raises:
        ProblemError: `population.another_name` or `population.contradiction` (422).
    """
    if body.population not in (None, code):
        detail = f"The address names {code}, the content {body.population}. A register is never another one's."
        raise ProblemError("population.another_name", Kind.INVALID, detail)
    population = Population.model_validate({**facts(body, "population"), "code": code})
    _refuse([*_administrations(body, population, day), *_groups(body, population, day)])
    return population


def administration_of(code: str, body: AdministrationUpdate, day: date) -> Administration:
    """The administration that a body describes.

    Raises:
        ProblemError: `population.contradiction` (422).
    """
    made = Administration.model_validate({**facts(body), "code": code})
    _refuse(list(_region_contradicted("", body, made, day)))
    return made


def group_of(code: str, body: GroupUpdate, day: date) -> Group:
    """The group that a body describes.

    Raises:
        ProblemError: `population.contradiction` (422).
    """
    made = Group.model_validate({**facts(body), "code": code})
    _refuse(list(_members_contradicted("", body, made, day)))
    return made


def facts(body: BaseModel, *left_out: str) -> dict[str, Any]:
    """What a body says, without what it says that there is not (null)."""
    told: dict[str, Any] = _told(body.model_dump(exclude=set(left_out)))
    return told


def as_sent(body: BaseModel) -> dict[str, Any]:
    """The fields that were sent, those with null included."""
    return body.model_dump(mode="json", exclude_unset=True)


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _told(item) for key, item in value.items() if item is not None}
    return [_told(item) for item in value] if isinstance(value, list) else value


def _administrations(body: PopulationUpdate, made: Population, day: date) -> Iterator[Finding]:
    for place, (sent, read) in enumerate(zip(body.administrations, made.administrations, strict=True)):
        yield from _region_contradicted(f"/administrations/{place}", sent, read, day)


def _groups(body: PopulationUpdate, made: Population, day: date) -> Iterator[Finding]:
    for place, (sent, read) in enumerate(zip(body.groups, made.groups, strict=True)):
        yield from _members_contradicted(f"/groups/{place}", sent, read, day)


def _region_contradicted(
    pointer: str, sent: AdministrationUpdate, made: Administration, day: date
) -> Iterator[Finding]:
    of_day = made.region_on(day)
    if sent.region is not None and sent.region != of_day:
        message = f"{made.code}: `region` says {sent.region}, but by `regions` it is {of_day} on {day}."
        yield _contradiction(message, f"{pointer}/region", "regions", "region")


def _members_contradicted(pointer: str, sent: GroupUpdate, made: Group, day: date) -> Iterator[Finding]:
    of_day = made.administrations_on(day)
    if sent.administrations and sorted(sent.administrations) != sorted(of_day):
        message = f"{made.code}: `administrations` are not those that `members` gives for {day}."
        yield _contradiction(message, f"{pointer}/administrations", "members", "administrations")


def _contradiction(message: str, pointer: str, dated: str, short: str) -> Finding:
    hint = f"Change `{dated}` and leave `{short}` out; or leave `{dated}` out, and `{short}` holds always."
    return Finding("population.contradiction", message, pointer=pointer, hint=hint)


def _refuse(findings: list[Any]) -> None:
    if findings:
        detail = "The content says two things at once; nothing was saved."
        raise ProblemError("population.contradiction", Kind.INVALID, detail, findings=tuple(findings))
