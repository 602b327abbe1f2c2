"""Reads the registers of populations; everyone may see them."""

from typing import Any

from sqlalchemy import Connection, text

from service_kit.errors import Kind, ProblemError


def list_populations(connection: Connection) -> list[dict[str, Any]]:
    """Code, name and size of each population."""
    rows = connection.execute(
        text(
            "select code, name, json_array_length(register -> 'administrations') as administrations"
            " from population order by code"
        )
    )
    return [dict(row) for row in rows.mappings()]


def stored_population(connection: Connection, code: str) -> dict[str, Any]:
    """One register with its regions and administrations.

    Raises:
        ProblemError: `population.not_found` (404).
    """
    wanted = text("select register from population where code = :code")
    register: dict[str, Any] | None = connection.execute(wanted, {"code": code}).scalar_one_or_none()
    if register is None:
        raise ProblemError("population.not_found", Kind.NOT_FOUND, f"There is no population {code}.")
    return register
