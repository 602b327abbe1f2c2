"""Made-up viewers: as whom a member may look at its own submission before others do.

A name is a role of docs/access.md, with the relation or the grant behind it where these decide.
"""

from dataclasses import replace
from enum import StrEnum

from access_policy import GRANTS, PUBLIC_VIEWER, Role, Viewer

_BY_GRANT = {f"integrator_{level}": level for level in GRANTS}
_NAMES = (
    "no_token",
    "contact_point",
    "system",
    "regional_office_own_region",
    "regional_office_other",
    *_BY_GRANT,
    "reviewer_other",
    "reviewer_assigned",
    "secretariat",
)
NOWHERE = "nowhere"


class OnlookerName(StrEnum):
    """Through whose eyes one may look; of integrators, one a level that may be granted."""

    vars().update({name.upper(): name for name in _NAMES})


ONLOOKERS: tuple[OnlookerName, ...] = tuple(OnlookerName)


def onlooker(name: OnlookerName, administration: str, region: str | None, population: str) -> Viewer:
    """A viewer of that role and relation; contact points and systems are those of another member."""
    someone = replace(PUBLIC_VIEWER, subject=f"made-up {name}", population=population)
    match name.value:
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
        case "reviewer_other":
            return replace(someone, roles=frozenset({Role.REVIEWER}))
        case "reviewer_assigned":
            return replace(someone, roles=frozenset({Role.REVIEWER}), assignments=frozenset({administration}))
        case "secretariat":
            return replace(someone, roles=frozenset({Role.SECRETARIAT}))
        case grant:
            return replace(someone, roles=frozenset({Role.INTEGRATOR}), level=_BY_GRANT[grant])
