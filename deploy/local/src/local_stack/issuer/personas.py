"""Who can get a token in the embedded mode: one persona for each role, member and region of the register."""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PUSH, SUBMIT = "submission:push", "submission:submit"
SECRET = "local-only"  # noqa: S105 - known to everybody: the issuer exists in the embedded mode only


@dataclass(frozen=True)
class Persona:
    """A client of the issuer: what its tokens claim, and the scopes it may ask for and gets without asking."""

    client_id: str
    label: str
    claims: dict[str, Any]
    default_scopes: tuple[str, ...] = ()
    more_scopes: tuple[str, ...] = field(default=())

    @property
    def scopes(self) -> tuple[str, ...]:
        return self.default_scopes + self.more_scopes


def load_personas(register: Path) -> dict[str, Persona]:
    """All personas by client id; the register has the columns iso3, name and wco_region."""
    with register.open(encoding="utf-8", newline="") as stream:
        members = list(csv.DictReader(stream))
    personas = [*_singles(), *(_office(region) for region in sorted({row["wco_region"] for row in members}))]
    for row in sorted(members, key=lambda row: row["iso3"]):
        personas += [_contact_point(row["iso3"], row["name"]), _system(row["iso3"], row["name"])]
    return {persona.client_id: persona for persona in personas}


def _singles() -> list[Persona]:
    return [
        Persona("secretariat", "Secretariat", {"roles": ["secretariat"]}),
        Persona("reviewer", "Peer reviewer without an assignment", {"roles": ["reviewer"]}),
        Persona("reviewer-ken", "Peer reviewer assigned to Kenya", {"roles": ["reviewer"], "assignments": ["KEN"]}),
        Persona("integrator-public", "Integrator, public level", {"roles": ["integrator"], "level": "public"}),
        Persona("integrator-wco", "Integrator, WCO level", {"roles": ["integrator"], "level": "wco"}),
        Persona("loader", "Loader of example data", {"roles": ["loader"]}, (PUSH, SUBMIT)),
    ]


def _office(region: str) -> Persona:
    claims = {"roles": ["regional_office"], "region": region}
    return Persona(f"office-{region.lower()}", f"Regional office, {region}", claims)


def _contact_point(code: str, name: str) -> Persona:
    claims = {"roles": ["contact_point"], "administration": code}
    return Persona(f"contact-{code.lower()}", f"Contact point, {name}", claims, (PUSH, SUBMIT))


def _system(code: str, name: str) -> Persona:
    """Systems push; they submit only when they have asked for that scope."""
    claims = {"roles": ["system"], "administration": code}
    return Persona(f"system-{code.lower()}", f"National system, {name}", claims, (PUSH,), (SUBMIT,))
