"""A token of another population counts as none, even where both registers have the same code."""

from collections.abc import Callable
from typing import Any

import pytest

Token = Callable[..., str]
MIXED = {"default": "restricted", "kpis": {"D1-A": "public", "D1-B": "wco"}}
MEMBERS: list[tuple[str, dict[str, Any]]] = [
    ("contact_point", {"administration": "KEN"}),
    ("system", {"administration": "KEN"}),
    ("contact_point", {"administration": "UGA"}),
    ("regional_office", {"region": "ESA"}),
    ("reviewer", {"assignments": ["KEN"]}),
]
PATHS = [
    "/api/v1/reports/c-2024/administrations/KEN",
    "/api/v1/reports/c-2024/regions/ESA",
    "/api/v1/events?cycle=c-2024",
]


@pytest.fixture
def mixed(world: Any) -> Any:
    """A cycle of the members of the WCO, in which Kenya discloses a little to everyone."""
    world.catalogue()
    world.open()
    world.participate("KEN")
    world.participate("UGA", "submitted")
    world.score("KEN", {"D1-A": 80.0, "D1-B": 60.0, "D2-A": 50.0}, MIXED)
    return world


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("role", "claims"), MEMBERS)
def test_a_member_of_another_population_sees_what_the_public_sees(
    mixed: Any, token: Token, path: str, role: str, claims: dict[str, Any]
) -> None:
    public = mixed.get(path)
    own = mixed.get(path, token(role, **claims))
    elsewhere = mixed.get(path, token(role, **claims, population="ports"))
    assert elsewhere.json() == public.json()
    assert own.json() != public.json()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("role", "claims"), [("secretariat", {}), ("integrator", {"level": "wco"})])
def test_who_stands_for_no_member_sees_the_same_everywhere(
    mixed: Any, token: Token, path: str, role: str, claims: dict[str, Any]
) -> None:
    assert (
        mixed.get(path, token(role, **claims)).json()
        == mixed.get(path, token(role, **claims, population="ports")).json()
    )
