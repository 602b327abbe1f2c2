"""Made-up viewers: as whom a member may look at its own submission before others do.

A name is a role of docs/access.md, with the relation or the grant behind it where these decide.
"""

from dataclasses import replace
from typing import Literal, get_args

from access_policy import PUBLIC_VIEWER, Level, Role, Viewer

OnlookerName = Literal[
    "no_token",
    "contact_point",
    "system",
    "regional_office_own_region",
    "regional_office_other",
    "integrator_public",
    "integrator_wco",
    "reviewer_other",
    "reviewer_assigned",
    "secretariat",
]
ONLOOKERS: tuple[OnlookerName, ...] = get_args(OnlookerName)
NOWHERE = "nowhere"


def onlooker(name: OnlookerName, administration: str, region: str | None, population: str) -> Viewer:
    """A viewer of that role and relation; contact points and systems are those of another member."""
    someone = replace(PUBLIC_VIEWER, subject=f"made-up {name}", population=population)
    match name:
        case "no_token":
            return someone
        case "contact_point":
            return replace(someone, roles=frozenset({Role.CONTACT_POINT}), administration=NOWHERE)
        case "system":
            return replace(someone, roles=frozenset({Role.SYSTEM}), administration=NOWHERE)
        case "regional_office_own_region":
            return replace(someone, roles=frozenset({Role.REGIONAL_OFFICE}), region=region or NOWHERE)
        case "regional_office_other":
            return replace(someone, roles=frozenset({Role.REGIONAL_OFFICE}), region=NOWHERE)
        case "integrator_public":
            return replace(someone, roles=frozenset({Role.INTEGRATOR}), level=Level.PUBLIC)
        case "integrator_wco":
            return replace(someone, roles=frozenset({Role.INTEGRATOR}), level=Level.WCO)
        case "reviewer_other":
            return replace(someone, roles=frozenset({Role.REVIEWER}))
        case "reviewer_assigned":
            return replace(someone, roles=frozenset({Role.REVIEWER}), assignments=frozenset({administration}))
        case "secretariat":
            return replace(someone, roles=frozenset({Role.SECRETARIAT}))
