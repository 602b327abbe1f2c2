"""Claims become a viewer, or are refused."""

from typing import Any

import pytest

from access_policy import InvalidClaimsError, Level, Role, claims_reader, viewer_from_claims


def claims(**changes: Any) -> dict[str, Any]:
    """Claims of a system of Kenya, with changes."""
    return {"sub": "system-ken", "exp": 1, "roles": ["system"], "administration": "KEN", "scope": "a b"} | changes


def test_a_system_acts_for_its_own_administration_only() -> None:
    viewer = viewer_from_claims(claims(), "token")
    assert viewer.acts_for("KEN")
    assert not viewer.acts_for("FRA")
    assert viewer.scopes == {"a", "b"}
    assert "token" not in repr(viewer).replace("expires_at", "")


def test_a_reviewer_with_an_administration_does_not_act_for_it() -> None:
    assert not viewer_from_claims(claims(roles=["reviewer"])).acts_for("KEN")


def test_a_token_without_roles_is_the_public() -> None:
    assert viewer_from_claims(claims(roles=[])).roles == frozenset()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"roles": ["king"]}, "unknown roles: king"),
        ({"roles": "system"}, "`roles` must be a list of texts"),
        ({"roles": [{}]}, "`roles` must be a list of texts"),
        ({"assignments": "KEN"}, "`assignments` must be a list of texts"),
        ({"assignments": 5}, "`assignments` must be a list of texts"),
        ({"administration": None}, "needs the claim `administration`"),
        ({"administration": 5}, "must be text"),
        ({"roles": ["regional_office"]}, "needs the claim `region`"),
        ({"roles": ["integrator"]}, "needs the claim `level`"),
        ({"roles": ["integrator"], "level": "restricted"}, "may be public or wco"),
    ],
)
def test_claims_that_make_no_sense_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidClaimsError, match=message):
        viewer_from_claims(claims(**changes))


def test_an_integrator_has_its_grant() -> None:
    viewer = viewer_from_claims(claims(roles=["integrator"], level="wco"))
    assert viewer.level is Level("wco")
    assert viewer.has_role(Role.INTEGRATOR)


def test_the_loader_exists_in_the_embedded_mode_only() -> None:
    loader = claims(roles=["loader"])
    assert claims_reader(allow_loader=True)(loader, "token").has_role(Role.LOADER)
    with pytest.raises(InvalidClaimsError, match="embedded mode only"):
        claims_reader(allow_loader=False)(loader, "token")
