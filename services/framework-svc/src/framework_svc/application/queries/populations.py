"""Reads the registers of populations; everyone may see them."""

from typing import Any

from sqlalchemy import Connection, text

from framework_svc.domain.population import Population
from framework_svc.domain.register_changes import Part, PartKind, no_part, part_of
from service_kit.errors import Kind, ProblemError
from service_kit.paging import cursor_of, key_of


def list_populations(connection: Connection, limit: int, cursor: str | None) -> dict[str, Any]:
    """Code, name and size of each population by code, a page of them.

    Raises:
        ProblemError: `request.cursor` (400).
    """
    (after,) = key_of(cursor, str) if cursor is not None else (None,)
    rows = connection.execute(
        text(
            "select code, name, json_array_length(register -> 'administrations') as administrations from population"
            " where cast(:after as text) is null or code > :after order by code limit :limit"
        ),
        {"after": after, "limit": limit + 1},
    )
    items = [dict(row) for row in rows.mappings()]
    return {"items": items[:limit], "next": cursor_of(items[limit - 1]["code"]) if len(items) > limit else None}


def stored_population(connection: Connection, code: str) -> Population:
    """One register.

    Raises:
        ProblemError: `population.not_found` (404).
    """
    wanted = text("select register from population where code = :code")
    register: dict[str, Any] | None = connection.execute(wanted, {"code": code}).scalar_one_or_none()
    if register is None:
        raise ProblemError("population.not_found", Kind.NOT_FOUND, f"There is no population {code}.")
    return Population.model_validate(register)


def stored_part(connection: Connection, code: str, kind: PartKind, part: str) -> tuple[Part, str]:
    """One part of a register, and the tag of the register.

    Raises:
        ProblemError: `population.not_found`, `population.part_not_found` (404).
    """
    register = stored_population(connection, code)
    found = part_of(register, kind, part)
    if found is None:
        raise no_part(register, kind, part)
    return found, register.tag
