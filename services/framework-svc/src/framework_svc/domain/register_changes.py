"""Changes of a register: one part put or removed, what differs between two states, and the event about it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from framework_svc.domain.events import RegisterChanged
from framework_svc.domain.population import Administration, Group, Office, Population, Region
from framework_svc.domain.territories import flags_of
from service_kit.envelope import NewEvent
from service_kit.errors import Kind, ProblemError

PartKind = Literal["administrations", "regions", "offices", "groups"]
Part = Administration | Region | Office | Group
KINDS: tuple[PartKind, ...] = ("regions", "offices", "administrations", "groups")
Change = dict[str, Any]


def parts_of(population: Population, kind: PartKind) -> tuple[Part, ...]:
    """The administrations, regions, offices or groups."""
    found: tuple[Part, ...] = getattr(population, kind)
    return found


def part_of(population: Population, kind: PartKind, code: str) -> Part | None:
    """The part with this code; None when there is none."""
    return next((part for part in parts_of(population, kind) if part.code == code), None)


def place_of(population: Population, kind: PartKind, code: str) -> str:
    """The JSON Pointer of the first part with this code in the register; of the end of the list without one."""
    parts = parts_of(population, kind)
    return f"/{kind}/{next((at for at, each in enumerate(parts) if each.code == code), len(parts))}"


def with_part(population: Population, kind: PartKind, part: Part) -> Population:
    """The register with this part in the place of the one with its code, or at the end."""
    parts = parts_of(population, kind)
    place = next((at for at, each in enumerate(parts) if each.code == part.code), len(parts))
    return population.model_copy(update={kind: (*parts[:place], part, *parts[place + 1 :])})


def without_part(population: Population, kind: PartKind, code: str) -> Population:
    """The register without the part.

    Raises:
        ProblemError: `population.part_not_found` (404).
    """
    parts = parts_of(population, kind)
    kept = tuple(part for part in parts if part.code != code)
    if len(kept) == len(parts):
        raise no_part(population, kind, code)
    return population.model_copy(update={kind: kept})


def no_part(population: Population, kind: PartKind, code: str) -> ProblemError:
    """The refusal when there is no such part."""
    detail = f"There is no {code} among the {kind} of {population.code}."
    return ProblemError("population.part_not_found", Kind.NOT_FOUND, detail)


def changes(before: Population | None, after: Population) -> list[Change]:
    """What differs, part by part, each with what it was and what it is; None stands for what is not there."""
    old = dict(_parts(before)) if before else {}
    new = dict(_parts(after))
    found: list[Change] = [
        {"part": name, "before": old.get(name), "after": new.get(name)}
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    ]
    order = [name for name in new if name in old]
    if not found and order != list(old):
        found.append({"part": "order", "before": list(old), "after": order})
    return found


def _parts(population: Population) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "register", {"name": population.name, "names": population.names}
    for kind in KINDS:
        for part in parts_of(population, kind):
            yield f"{kind}/{part.code}", part.model_dump(mode="json", exclude_defaults=True)


def register_changed(population: Population, day: date) -> NewEvent:
    """What other services need to know: the whole register with all dates, and who is where on the day."""
    data = RegisterChanged.model_validate({**as_read(population, day), "on": day})
    return data.event(key=f"population/{population.code}")


def as_read(population: Population, day: date) -> dict[str, Any]:
    """The register as JSON for who reads it on a day: with the region and the group members of the day, and flags."""
    plain = population.as_dict()
    for shown, administration in zip(plain["administrations"], population.administrations, strict=True):
        shown |= {"region": administration.region_on(day), "flags": flags_of(administration.code)}
    for shown, group in zip(plain["groups"], population.groups, strict=True):
        shown["administrations"] = group.administrations_on(day)
    return plain
