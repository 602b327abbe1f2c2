"""What a token says of a member counts in cycles of its own population only."""

from typing import Any

import pytest

from access_policy import InvalidClaimsError, Level, level_of, viewer_from_claims, within


def claims(**changes: Any) -> dict[str, Any]:
    """Claims of somebody, with changes."""
    return {"sub": "someone", "exp": 1} | changes


MEMBERS: dict[str, dict[str, Any]] = {
    "contact point": {"roles": ["contact_point"], "administration": "KEN"},
    "system": {"roles": ["system"], "administration": "KEN"},
    "reviewer": {"roles": ["reviewer"], "assignments": ["KEN"]},
    "regional office": {"roles": ["regional_office"], "region": "ESA"},
}


@pytest.mark.parametrize("who", MEMBERS)
def test_a_member_of_another_population_is_the_public(who: str) -> None:
    viewer = viewer_from_claims(claims(**MEMBERS[who], population="ports"))
    assert level_of(within(viewer, "ports"), "KEN", "ESA") is not Level("public")
    stranger = within(viewer, "wco-members")
    assert level_of(stranger, "KEN", "ESA") is Level("public")
    assert level_of(stranger, "FRA", "EUR") is Level("public")
    assert not stranger.acts_for("KEN")
    assert stranger.roles == frozenset()


@pytest.mark.parametrize("population", [{}, {"population": None}, {"population": ""}])
def test_a_token_without_population_is_of_the_members_of_the_wco(population: dict[str, Any]) -> None:
    viewer = viewer_from_claims(claims(**MEMBERS["contact point"], **population))
    assert within(viewer, "wco-members") == viewer
    assert within(viewer, "wco-members").acts_for("KEN")
    assert not within(viewer, "ports").acts_for("KEN")


@pytest.mark.parametrize(
    ("more", "level"),
    [
        ({"roles": ["secretariat"]}, Level("restricted")),
        ({"roles": ["integrator"], "level": "wco"}, Level("wco")),
        ({"roles": ["loader"]}, Level("public")),
    ],
)
def test_who_stands_for_no_member_is_the_same_everywhere(more: dict[str, Any], level: Level) -> None:
    viewer = viewer_from_claims(claims(**more))
    assert within(viewer, "ports") == viewer
    assert level_of(within(viewer, "ports"), "KEN", "ESA") is level


def test_a_secretariat_that_is_also_a_contact_point_stays_the_secretariat() -> None:
    viewer = viewer_from_claims(claims(roles=["secretariat", "contact_point"], administration="KEN"))
    assert level_of(within(viewer, "ports"), "KEN", None) is Level("restricted")
    assert not within(viewer, "ports").acts_for("KEN")


def test_a_population_must_be_text() -> None:
    with pytest.raises(InvalidClaimsError, match="`population` must be text"):
        viewer_from_claims(claims(population=["ports"]))
