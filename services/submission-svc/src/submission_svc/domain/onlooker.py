"""Made-up viewers: as whom a member may look at its own submission before others do."""

from dataclasses import replace
from typing import Literal, get_args

from access_policy import PUBLIC_VIEWER, Level, Role, Viewer

OnlookerName = Literal[
    "public",
    "member",
    "member_system",
    "regional_office",
    "regional_office_elsewhere",
    "integrator_public",
    "integrator_wco",
    "reviewer",
    "assigned_reviewer",
    "secretariat",
]
ONLOOKERS: tuple[OnlookerName, ...] = get_args(OnlookerName)
NOWHERE = "nowhere"


def onlooker(name: OnlookerName, administration: str, region: str | None, population: str) -> Viewer:
    """A viewer of that role, in its usual relation to the administration: members and their systems are others."""
    someone = replace(PUBLIC_VIEWER, subject=f"made-up {name}", population=population)
    match name:
        case "public":
            return someone
        case "member":
            return replace(someone, roles=frozenset({Role.CONTACT_POINT}), administration=NOWHERE)
        case "member_system":
            return replace(someone, roles=frozenset({Role.SYSTEM}), administration=NOWHERE)
        case "regional_office":
            return replace(someone, roles=frozenset({Role.REGIONAL_OFFICE}), region=region or NOWHERE)
        case "regional_office_elsewhere":
            return replace(someone, roles=frozenset({Role.REGIONAL_OFFICE}), region=NOWHERE)
        case "integrator_public":
            return replace(someone, roles=frozenset({Role.INTEGRATOR}), level=Level.PUBLIC)
        case "integrator_wco":
            return replace(someone, roles=frozenset({Role.INTEGRATOR}), level=Level.WCO)
        case "reviewer":
            return replace(someone, roles=frozenset({Role.REVIEWER}))
        case "assigned_reviewer":
            return replace(someone, roles=frozenset({Role.REVIEWER}), assignments=frozenset({administration}))
        case "secretariat":
            return replace(someone, roles=frozenset({Role.SECRETARIAT}))
