"""Counts of members: told only where they tell nobody who takes part, on pages, on the API and in the event log."""

from collections.abc import Callable
from typing import Any

import pytest

Token = Callable[..., str]
PATH = "/api/v1/reports/c-2024/participation"
SIZES = {"LARGE": 6, "OTHER": 5, "SMALL": 2}


def members_of(sizes: dict[str, int]) -> list[dict[str, Any]]:
    """Administrations, so many a region; their codes begin with its first letter."""
    return [
        {"code": f"{region[0]}{letter}X", "name": f"{region} {letter}", "region": region}
        for region, size in sizes.items()
        for letter in "ABCDEFGH"[:size]
    ]


@pytest.fixture
def counted(world: Any) -> Callable[[dict[str, int]], Any]:
    """The service with regions of given sizes, of each of which the first member has been accepted."""

    def make(sizes: dict[str, int]) -> Any:
        world.catalogue()
        regions = [{"code": region, "name": region.title()} for region in sizes]
        world.register(regions=regions, administrations=members_of(sizes))
        world.open()
        for region in sizes:
            world.participate(f"{region[0]}AX")
        world.count(len(sizes))
        return world

    return make


def told(world: Any, reader: str | None = None) -> dict[str | None, int | None]:
    """How many submitted, by region and (without code) in total, as a reader is told."""
    report = world.get(PATH, reader).json()
    return {each["region"]: each["submitted"] for each in [*report["regions"], report["total"]]}


def test_neither_a_small_region_nor_the_total_that_gives_it_away_is_told(counted: Any) -> None:
    world = counted(SIZES)
    assert told(world) == {"LARGE": 1, "OTHER": 1, "SMALL": None, None: None}
    [_, _, small] = world.get(PATH).json()["regions"]
    assert small == {
        "region": "SMALL",
        "name": "Small",
        "members": 2,
        "submitted": None,
        "accepted": None,
        "submitted_share": None,
        "accepted_share": None,
    }
    assert world.get("/api/v1/reports/c-2024/regions/SMALL").json()["region"] == small


def test_the_total_is_told_where_the_regions_kept_back_are_enough_together(counted: Any) -> None:
    assert told(counted({"LARGE": 6, "SMALL": 2, "TINY": 3})) == {"LARGE": 1, "SMALL": None, "TINY": None, None: 3}


def test_members_are_those_of_today_as_submission_svc_counts_them(counted: Any) -> None:
    world = counted({"LARGE": 6})
    *rest, gone, coming = members_of({"LARGE": 8})
    days = [gone | {"valid_until": "2020-01-01"}, coming | {"valid_from": "2999-01-01"}]
    world.register(administrations=[*rest, *days])
    world.participate(gone["code"])
    [large] = world.get(PATH).json()["regions"]
    assert (large["members"], large["submitted"]) == (6, 1)
    world.register(administrations=[*rest[:4], *days])
    assert told(world) == {"LARGE": None, None: None}
    world.count(2, run=2)
    assert scored(world) == [1], "the count over four members is not for everyone"


def test_those_without_a_region_are_counted_like_a_region(counted: Any) -> None:
    world = counted({"LARGE": 6})
    world.register(administrations=[*members_of({"LARGE": 6}), {"code": "NAX", "name": "N", "region": None}])
    world.participate("NAX")
    assert told(world) == {"LARGE": 1, None: None}


def test_who_may_know_who_takes_part_is_told_every_count(counted: Any, token: Token) -> None:
    world = counted(SIZES)
    everything = {"LARGE": 1, "OTHER": 1, "SMALL": 1, None: 3}
    assert told(world, token("secretariat")) == everything
    assert told(world, token("contact_point", administration="LBX")) == everything
    assert told(world, token("integrator", level="wco")) == everything
    assert told(world, token("regional_office", region="SMALL")) == everything
    assert told(world, token("system", administration="LBX")) == {**everything, "LARGE": 1, "SMALL": None, None: None}
    assert told(world, token("contact_point", administration="LBX", population="ports")) == told(world)


def test_pages_say_that_a_count_is_not_shown_and_why(counted: Any, token: Token) -> None:
    world = counted(SIZES)
    for path in ("/", "/cycles/c-2024"):
        public = world.get(path).text
        assert "fewer than 5 administrations" in public
        assert public.count('class="quiet">not shown<') == 2 + 3 + 3  # head figures, the small region, the total
        assert public.count('class="outer"') == 2  # an empty bar would say that nobody submitted
        assert "<dt>Scored</dt>" not in public
    assert "how many of them submitted is not shown" in world.get("/cycles/c-2024/regions/SMALL").text
    assert "1 of 6 submitted" in world.get("/cycles/c-2024/regions/LARGE").text
    open_to_all = world.get("/cycles/c-2024", token("secretariat")).text
    assert "not shown" not in open_to_all
    assert "<dt>Scored</dt>" in open_to_all


def scored(world: Any, reader: str | None = None) -> list[int]:
    """The numbers of scored submissions that the event log tells a reader."""
    return [event["data"]["scored"] for event in world.events(reader) if event["type"] == "cycle.scored.v1"]


def test_the_event_log_counts_only_for_those_who_may_know_where_the_total_would_tell_it(
    counted: Any, token: Token
) -> None:
    world = counted(SIZES)
    for reader in (None, token("system", administration="SAX"), token("regional_office", region="LARGE")):
        assert scored(world, reader) == []
    for reader in (token("secretariat"), token("contact_point", administration="LBX")):
        assert scored(world, reader) == [3]
    assert scored(world, token("integrator", level="wco")) == [3]
    assert scored(world, token("contact_point", administration="LBX", population="ports")) == []


def test_the_event_log_counts_for_everyone_where_that_tells_nobody_who(counted: Any) -> None:
    assert scored(counted({"LARGE": 6, "OTHER": 5})) == [2]


def test_the_event_log_is_careful_while_the_register_is_not_known(world: Any, token: Token) -> None:
    world.open()
    world.count(3)
    assert (scored(world), scored(world, token("secretariat"))) == ([], [3])
