"""The outside event log: one redacted version a level, taken back when it must be, in order and complete."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

Token = Callable[..., str]
SCORES = {"D1-A": 80.0, "D1-B": 40.0, "D2-A": 61.5, "D2-X": 3.0}
MIXED = {"default": "public", "kpis": {"D1-B": "wco", "D2-A": "restricted"}}


def codes(event: dict[str, Any]) -> list[str]:
    return [node["code"] for node in event["data"]["nodes"]]


def scores_in(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event for event in events if event["type"].startswith("score.")]


def test_each_level_gets_its_own_redacted_version(world: Any, token: Token) -> None:
    world.open()
    world.score("KEN", SCORES, MIXED)
    [public] = scores_in(world.events())
    [wco] = scores_in(world.events(token("contact_point", administration="UGA")))
    [own] = scores_in(world.events(token("contact_point", administration="KEN")))
    assert codes(public) == ["D1-A", "D2-X"]
    assert codes(wco) == ["D1", "D1-A", "D1-B", "D2-X"]
    assert codes(own) == ["OVERALL", "D1", "D1-A", "D1-B", "D2", "D2-A", "D2-X"]
    assert public["data"]["score"] is None
    assert own["data"]["score"] == 60.75
    assert "inputs" not in str(own)


def test_every_reader_gets_the_version_of_the_level_he_reaches_and_no_other(world: Any, token: Token) -> None:
    world.open()
    world.score("KEN", SCORES, MIXED)
    readers = {
        None: "public",
        token("secretariat"): "restricted",
        token("system", administration="KEN"): "restricted",
        token("system", administration="UGA"): "public",
        token("regional_office", region="ESA"): "wco",
        token("regional_office", region="EUR"): "public",
        token("integrator", level="wco"): "wco",
        token("integrator", level="public"): "public",
        token("reviewer", assignments=["KEN"]): "restricted",
        token("reviewer"): "public",
        token("loader"): "public",
    }
    for reader, level in readers.items():
        assert [event["data"]["level"] for event in scores_in(world.events(reader))] == [level]


def test_nothing_is_said_at_a_level_where_nothing_is_visible_or_nothing_changed(world: Any, token: Token) -> None:
    world.open()
    closed = {"default": "restricted", "kpis": {"D1-A": "wco"}}
    world.score("KEN", SCORES, closed)
    world.score("KEN", SCORES | {"D2-A": 70.0}, closed, run=2)
    assert scores_in(world.events()) == []
    assert len(scores_in(world.events(token("integrator", level="wco")))) == 1
    assert len(scores_in(world.events(token("secretariat")))) == 2


def test_narrowing_takes_back_and_leaves_nothing_to_replay(world: Any, token: Token) -> None:
    world.open()
    world.score("KEN", SCORES)
    [first] = scores_in(world.events())
    world.score("KEN", SCORES, {"default": "wco", "kpis": {}}, run=2)
    [retracted] = scores_in(world.events())
    assert retracted["type"] == "score.retracted.v1"
    assert retracted["data"]["replaces"] == first["id"]
    assert retracted["data"]["reason"] == "no_longer_visible"
    assert len(scores_in(world.events(token("integrator", level="wco")))) == 1


def test_narrowing_a_part_removes_older_versions_that_show_it(world: Any) -> None:
    world.open()
    world.score("KEN", SCORES)
    world.score("KEN", SCORES, {"default": "public", "kpis": {"D2-A": "restricted"}}, run=2)
    [left] = scores_in(world.events())
    assert "61.5" not in str(left)
    assert codes(left) == ["D1", "D1-A", "D1-B", "D2-X"]


def test_a_change_of_values_keeps_the_history(world: Any) -> None:
    world.open()
    world.score("KEN", SCORES)
    world.score("KEN", SCORES | {"D1-A": 90.0}, run=2)
    first, second = scores_in(world.events())
    assert second["data"]["replaces"] == first["id"]


def test_a_retraction_reaches_every_level_that_saw_something(world: Any, token: Token) -> None:
    world.open()
    world.score("KEN", SCORES, {"default": "restricted", "kpis": {"D1-A": "wco"}})
    world.retract("KEN", run=2)
    assert scores_in(world.events()) == []
    [at_wco] = scores_in(world.events(token("integrator", level="wco")))
    [own] = scores_in(world.events(token("contact_point", administration="KEN")))
    assert (at_wco["data"]["reason"], own["data"]["reason"]) == ("no_longer_visible", "withdrawn")


def test_an_older_run_changes_nothing(world: Any) -> None:
    world.open()
    world.score("KEN", SCORES, run=5)
    world.score("KEN", SCORES | {"D1-A": 1.0}, run=4)
    world.retract("KEN", run=4)
    assert len(scores_in(world.events())) == 1
    world.retract("KEN", run=6)
    world.score("KEN", SCORES, run=6)
    assert [event["type"] for event in scores_in(world.events())] == ["score.retracted.v1"]


def test_whatever_event_comes_first_makes_its_cycle_known(world: Any, token: Token) -> None:
    world.score("KEN", SCORES)
    world.count(1, run=2)
    world.count(9, run=1)
    world.open()
    events = world.events(token("secretariat"))
    assert [event["type"] for event in events] == ["score.updated.v1", "cycle.scored.v1", "cycle.opened.v1"]
    assert events[1]["data"] == {"cycle": "c-2024", "scored": 1, "unscored": 0}


def test_a_rehearsal_is_never_reported(world: Any, token: Token) -> None:
    world.score("KEN", SCORES, is_rehearsal=True)
    world.open(is_rehearsal=True)
    world.participate("KEN", is_rehearsal=True)
    assert world.events(token("secretariat")) == []
    assert world.get("/api/v1/reports/c-2024/participation").status_code == 404
    assert world.get("/cycles/c-2024").status_code == 404
    assert "No cycle yet" in world.get("/").text


def test_pages_go_on_where_the_last_one_ended(world: Any) -> None:
    world.open()
    for code in ("KEN", "UGA", "ZMB", "FRA"):
        world.score(code, SCORES, MIXED)
    seen: list[str] = []
    after = "0"
    for _ in range(10):
        page = world.get(f"/api/v1/events?after={after}&limit=2").json()
        seen += [event["sequence"] for event in page["items"]]
        after = page["next"]
    assert seen == [event["sequence"] for event in world.events()]
    assert len(seen) == len(set(seen)) == 5
    assert [int(position) for position in seen] == sorted(int(position) for position in seen)


def test_events_of_one_cycle_only(world: Any) -> None:
    world.open()
    world.open("c-2026")
    page = world.get("/api/v1/events?cycle=c-2026").json()
    assert [event["data"]["cycle"] for event in page["items"]] == ["c-2026"]


def test_events_about_some_administrations_only(world: Any) -> None:
    world.open()
    for code in ("KEN", "UGA", "FRA"):
        world.score(code, SCORES)
    asked = "/api/v1/events?limit=1&administration=FRA&administration=KEN"
    first = world.get(asked).json()
    second = world.get(f"{asked}&after={first['next']}").json()
    assert [page["items"][0]["data"]["administration"] for page in (first, second)] == ["KEN", "FRA"]
    assert world.get(f"{asked}&after={second['next']}").json()["items"] == []
    assert world.get("/api/v1/events?administration=KEN&cycle=c-2026").json()["items"] == []


def test_asking_for_an_administration_tells_no_more_than_it_discloses(world: Any, token: Token) -> None:
    world.open()
    world.score("KEN", SCORES, MIXED)
    world.score("UGA", SCORES, {"default": "restricted", "kpis": {}})
    world.score("FRA", SCORES)
    hidden, absent = (world.get(f"/api/v1/events?administration={code}").json() for code in ("UGA", "QQQ"))
    assert hidden == absent == {"items": [], "next": world.get("/api/v1/events").json()["next"]}
    asked = "/api/v1/events?administration=KEN&administration=UGA"
    for reader, levels in ((None, ["public"]), (token("contact_point", administration="UGA"), ["wco", "restricted"])):
        assert [event["data"]["level"] for event in world.get(asked, reader).json()["items"]] == levels


@pytest.mark.parametrize("odd", ["ken", "K", "%00", "KEN,UGA", "&administration=" * 2])
def test_odd_administrations_are_refused(world: Any, odd: str) -> None:
    assert world.get(f"/api/v1/events?administration={odd}").status_code == 422


def test_a_position_of_another_log_is_refused(world: Any) -> None:
    answer = world.get("/api/v1/events?after=999")
    assert answer.status_code == 400
    assert answer.json()["code"] == "events.unknown_position"


def test_closing_a_cycle_is_said_once(world: Any) -> None:
    world.open()
    closed = {"cycle": {**world.events()[0]["data"], "code": "c-2024", "population": "p", "is_rehearsal": False}}
    for _ in range(2):
        world.feed("submission", "cycle.closed.v1", closed | {"status": "closed"})
    assert [event["type"] for event in world.events()] == ["cycle.opened.v1", "cycle.closed.v1"]


def levels_and_types(events: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(event["data"]["level"], event["type"]) for event in scores_in(events)]


def test_a_move_to_another_region_takes_back_from_the_old_office_and_reaches_the_new(world: Any, token: Token) -> None:
    world.open()
    world.score("KEN", SCORES, MIXED)
    old, new = token("regional_office", region="ESA"), token("regional_office", region="WCA")
    [at_old] = scores_in(world.events(old))
    known = int(world.events(old)[-1]["sequence"])
    world.score("KEN", SCORES, MIXED, run=2, region="WCA")
    assert levels_and_types(world.events(new)) == [("wco", "score.updated.v1")]
    assert levels_and_types(world.events(old)) == [("wco", "score.retracted.v1"), ("public", "score.updated.v1")]
    farewell, public = scores_in(world.events(old, after=known))
    assert farewell["data"]["replaces"] == at_old["id"]
    assert farewell["data"]["reason"] == "region_changed"
    assert codes(public) == ["D1-A", "D2-X"]
    for reader in (None, old, new, token("secretariat")):
        updates = [event for event in scores_in(world.events(reader)) if event["type"] == "score.updated.v1"]
        assert [event["data"]["region"] for event in updates] == ["WCA"]


def test_a_move_of_what_is_not_public_leaves_the_old_office_with_nothing(world: Any, token: Token) -> None:
    world.open()
    world.score("KEN", SCORES, {"default": "wco", "kpis": {}})
    world.score("KEN", SCORES, {"default": "wco", "kpis": {}}, run=2, region="WCA")
    [left] = scores_in(world.events(token("regional_office", region="ESA")))
    assert left["type"] == "score.retracted.v1"
    assert len(scores_in(world.events(token("regional_office", region="WCA")))) == 1
    assert scores_in(world.events()) == []


def test_a_retraction_with_a_move_reaches_the_old_office(world: Any, token: Token) -> None:
    world.open()
    world.score("KEN", SCORES, {"default": "wco", "kpis": {}})
    world.score("KEN", SCORES, {"default": "restricted", "kpis": {}}, run=2, region="WCA")
    for region, kinds in (("ESA", ["score.retracted.v1"]), ("WCA", [])):
        events = scores_in(world.events(token("regional_office", region=region)))
        assert [event["type"] for event in events] == kinds


def test_the_old_office_is_told_even_when_it_reads_after_the_next_narrowing(world: Any, token: Token) -> None:
    world.open()
    world.score("KEN", SCORES, {"default": "wco", "kpis": {}})
    world.score("KEN", SCORES, {"default": "wco", "kpis": {}}, run=2, region="WCA")
    world.score("KEN", SCORES, {"default": "wco", "kpis": {"D2-A": "restricted"}}, run=3, region="WCA")
    assert levels_and_types(world.events(token("regional_office", region="ESA"))) == [("wco", "score.retracted.v1")]
    [left] = scores_in(world.events(token("regional_office", region="WCA")))
    assert codes(left) == ["D1", "D1-A", "D1-B", "D2-X"]


def test_what_was_written_for_a_level_that_is_none_any_more_is_for_nobody_and_goes(world: Any, token: Token) -> None:
    world.open()
    world.score("KEN", SCORES, MIXED)
    own = token("contact_point", administration="KEN")
    before = scores_in(world.events(own))
    with world.engine.begin() as connection:
        connection.execute(text("update outside_event set level = 'members' where level = 'wco'"))
        connection.execute(text("update outside_version set level = 'members' where level = 'wco'"))
    assert scores_in(world.events(token("contact_point", administration="UGA"))) == []
    assert scores_in(world.events(own)) == before
    world.score("KEN", {**SCORES, "D1-B": 41.0}, MIXED, run=2)
    [again] = scores_in(world.events(token("contact_point", administration="UGA")))
    assert again["data"]["replaces"] is None
    with world.engine.connect() as connection:
        left = connection.execute(text("select level from outside_event union select level from outside_version"))
        assert "members" not in left.scalars().all()
