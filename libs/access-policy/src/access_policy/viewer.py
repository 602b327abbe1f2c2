"""The viewer: what a verified token says about who is asking."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from access_policy.levels import GRANTS, Level
from access_policy.roles import Role

MEMBER_ROLES = frozenset({Role.CONTACT_POINT, Role.SYSTEM})
BOUND_ROLES = MEMBER_ROLES | {Role.REVIEWER, Role.REGIONAL_OFFICE}  # they stand for members of one population
DEFAULT_POPULATION = "wco-members"


class InvalidClaimsError(ValueError):
    """The token is genuine but says something that no issuer of ours may say."""


@dataclass(frozen=True)
class Viewer:
    """Who is asking. Built from verified claims only.

    `population` is the register that `administration`, `region` and `assignments` are codes of; `assignments` are the
    administrations that a peer reviewer is assigned to; `level` is an integrator's grant; `expires_at` is the token's
    expiry in seconds since the epoch, or None for the public.
    """

    subject: str
    roles: frozenset[Role] = frozenset()
    administration: str | None = None
    region: str | None = None
    level: Level | None = None
    scopes: frozenset[str] = frozenset()
    assignments: frozenset[str] = frozenset()
    expires_at: int | None = None
    population: str = DEFAULT_POPULATION
    token: str | None = field(default=None, repr=False, compare=False)

    def has_role(self, *roles: Role) -> bool:
        """Whether the viewer holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    def acts_for(self, administration: str) -> bool:
        """Whether the viewer is a contact point or a system of that administration."""
        return self.administration == administration and self.has_role(*MEMBER_ROLES)


PUBLIC_VIEWER = Viewer(subject="public")


def within(viewer: Viewer, population: str) -> Viewer:
    """The viewer as he stands towards the members of a population; to be asked wherever a cycle is known.

    Registers may share codes: the contact point of KEN among the members of one is a stranger to KEN of another. There
    he keeps only the roles that belong to no population: secretariat, integrator, loader.
    """
    if viewer.population == population:
        return viewer
    return replace(viewer, roles=viewer.roles - BOUND_ROLES, administration=None, region=None, assignments=frozenset())


def claims_reader(*, allow_loader: bool) -> Callable[[Mapping[str, Any], str], Viewer]:
    """How a service reads claims; outside the embedded mode the loader's role is refused."""

    def read(claims: Mapping[str, Any], token: str) -> Viewer:
        viewer = viewer_from_claims(claims, token)
        if viewer.has_role(Role.LOADER) and not allow_loader:
            raise InvalidClaimsError("The role loader exists in the embedded mode only.")
        return viewer

    return read


def viewer_from_claims(claims: Mapping[str, Any], token: str | None = None) -> Viewer:
    """Turn verified claims into a viewer.

    Raises:
        InvalidClaimsError: an unknown role, a member role without administration, a regional office without region,
            or an integrator without a level that may be granted.
    """
    roles = _roles(claims)
    viewer = Viewer(
        subject=str(claims["sub"]),
        roles=roles,
        administration=_text(claims, "administration"),
        region=_text(claims, "region"),
        level=_level(claims),
        scopes=frozenset(str(claims.get("scope", "")).split()),
        assignments=frozenset(_texts(claims, "assignments")),
        expires_at=int(claims["exp"]),
        population=_text(claims, "population") or DEFAULT_POPULATION,
        token=token,
    )
    _refuse_incomplete(viewer)
    return viewer


def _roles(claims: Mapping[str, Any]) -> frozenset[Role]:
    named = _texts(claims, "roles")
    unknown = sorted(set(named) - set(Role))
    if unknown:
        raise InvalidClaimsError(f"The claim `roles` names unknown roles: {', '.join(unknown)}.")
    return frozenset(Role(role) for role in named)


def _texts(claims: Mapping[str, Any], name: str) -> list[str]:
    value = claims.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidClaimsError(f"The claim `{name}` must be a list of texts.")
    return value


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    if value is not None and not isinstance(value, str):
        raise InvalidClaimsError(f"The claim `{name}` must be text.")
    return value or None


def _level(claims: Mapping[str, Any]) -> Level | None:
    value = _text(claims, "level")
    if value is None:
        return None
    if value not in GRANTS:
        allowed = " or ".join(GRANTS)
        raise InvalidClaimsError(f"The claim `level` may be {allowed}; more is never granted to an integrator.")
    return Level(value)


def _refuse_incomplete(viewer: Viewer) -> None:
    if viewer.has_role(*MEMBER_ROLES) and viewer.administration is None:
        raise InvalidClaimsError("A contact point or system needs the claim `administration`.")
    if viewer.has_role(Role.REGIONAL_OFFICE) and viewer.region is None:
        raise InvalidClaimsError("A regional office needs the claim `region`.")
    if viewer.has_role(Role.INTEGRATOR) and viewer.level is None:
        raise InvalidClaimsError("An integrator needs the claim `level`.")
