"""Answers in themselves: names and labels, places, tags for caches, and addresses that make no sense."""

from collections.abc import Mapping
from typing import Any

import pytest

from scoring_engine import ENGINE_VERSION
from scoring_svc.entrypoints.http.schemas import ScoreList

CODES = ["AAA", "BBB", "CCC", "DDD", "EEE"]
REGIONS = dict.fromkeys(CODES, "R1")


def scored(scoring: Any, build: Any, values: Mapping[str, float | None], **top: Any) -> Any:
    """A cycle in which each administration has that value everywhere; EEE discloses to nobody."""
    document = build.framework(**top)
    cycle = build.round(document)
    scoring.feed(build.published(document), build.register(REGIONS))
    states = [
        cycle.of(code, value, value, value, status="accepted", default="restricted" if code == "EEE" else "public")
        for code, value in values.items()
    ]
    scoring.feed(*(state.event for state in states))
    return cycle


def ranks(answer: Any) -> dict[str, int | None]:
    """Places by administration."""
    body = ScoreList.model_validate_json(answer.content, strict=True)
    return {item.administration: item.rank for item in body.items}


VALUES = {"AAA": 50.0, "BBB": 70.0, "CCC": 50.0, "DDD": 20.0, "EEE": 90.0}


def test_with_mode_all_places_are_among_the_scores_that_one_sees(scoring: Any, build: Any, get: Any) -> None:
    scored(scoring, build, VALUES, ranking={"mode": "all"})
    public = get("/c-2024")
    assert ranks(public) == {"AAA": 2, "BBB": 1, "CCC": 2, "DDD": 4}
    assert (public.json()["ranking"], public.json()["ranked_among"]) == ("all", 4)
    secretariat = get("/c-2024", "secretariat")
    assert ranks(secretariat) == {"AAA": 3, "BBB": 2, "CCC": 3, "DDD": 5, "EEE": 1}
    assert secretariat.json()["ranked_among"] == 5


def test_with_mode_self_one_sees_ones_own_place_among_all(scoring: Any, build: Any, get: Any) -> None:
    scored(scoring, build, VALUES, ranking={"mode": "self"})
    own = get("/c-2024", "contact-aaa")
    assert ranks(own) == {"AAA": 3, "BBB": None, "CCC": None, "DDD": None}
    assert own.json()["ranked_among"] == 5
    assert set(ranks(get("/c-2024", "secretariat")).values()) == {1, 2, 3, 5}
    public = get("/c-2024")
    assert set(ranks(public).values()) == {None}
    assert public.json()["ranked_among"] is None


@pytest.mark.parametrize("values", [{**VALUES, "DDD": None}, {"AAA": 50.0}], ids=["one unscored", "alone"])
def test_with_mode_self_there_is_no_place_among_fewer_than_five(
    scoring: Any, build: Any, get: Any, values: Mapping[str, float | None]
) -> None:
    scored(scoring, build, values, ranking={"mode": "self"})
    answer = get("/c-2024", "contact-aaa")
    assert ranks(answer)["AAA"] is None
    assert answer.json()["ranked_among"] is None


def test_with_mode_none_nobody_has_a_place(scoring: Any, build: Any, get: Any) -> None:
    scored(scoring, build, VALUES)
    assert set(ranks(get("/c-2024", "secretariat")).values()) == {None}


def test_places_are_taken_on_rounded_scores_where_declared(scoring: Any, build: Any, get: Any) -> None:
    values = {**VALUES, "AAA": 50.04, "CCC": 50.01}
    scored(scoring, build, values, ranking={"mode": "all", "decimals": 1})
    assert ranks(get("/c-2024"))["AAA"] == ranks(get("/c-2024"))["CCC"] == 2


def test_names_come_in_the_language_asked_for_with_the_label(scoring: Any, build: Any, get: Any) -> None:
    scored(scoring, build, VALUES)
    english = get("/c-2024/AAA/explanation").json()
    french = get("/c-2024/AAA/explanation?language=fr").json()
    assert (english["label"], french["label"]) == (build.label["en"], build.label["fr"])
    assert (english["framework_name"], french["framework_name"]) == ("A small one", "Un petit")
    assert [node["name"] for node in french["nodes"]] == ["Ensemble", "Premier", "Part 1", "Part 2", "Second", "Part 3"]
    assert english["nodes"][2]["inputs"] == [
        {"code": "I1", "year": 2024, "value": 50.0, "name": "Figure 1", "level": None}
    ]
    assert (english["nodes"][0]["band"], english["nodes"][0]["band_name"]) == ("A", "High")
    assert get("/c-2024").json()["label"] == get("/c-2024/AAA").json()["label"] == build.label
    assert get("/c-2024/AAA/explanation?language=de").status_code == 422


def test_a_tag_spares_the_body_and_is_of_what_is_shown(scoring: Any, build: Any, get: Any) -> None:
    cycle = scored(scoring, build, {"AAA": 50.0})
    scoring.feed(cycle.of("AAA", 50, 50, 50, status="accepted", revision=2, kpis={"K1": "restricted"}).event)
    for path in ("/c-2024", "/c-2024/AAA", "/c-2024/AAA/explanation"):
        public, own = get(path), get(path, "contact-aaa")
        assert public.headers["etag"] != own.headers["etag"]
        assert (public.headers["cache-control"], public.headers["vary"]) == ("private, no-cache", "authorization")
        again = get(path, "contact-aaa", **{"if-none-match": own.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert get(path, "contact-aaa", **{"if-none-match": public.headers["etag"]}).status_code == 200
    tags = {path: get(path).headers["etag"] for path in ("/c-2024", "/c-2024/AAA", "/c-2024/AAA/explanation")}
    scoring.feed(cycle.of("AAA", 51, 50, 50, status="accepted", revision=3, kpis={"K1": "restricted"}).event)
    assert {path: get(path).headers["etag"] for path in tags} == tags


def test_a_cycle_that_is_not_known_here_is_named(get: Any) -> None:
    answer = get("/no-such")
    assert (answer.status_code, answer.json()["code"]) == (404, "score.cycle_not_found")
    assert "no-such" in answer.json()["detail"]


CYCLES = ["c%00", "%00", "c-2024%00", "c-2024%0A", "c%ED%A0%80", "%FF", "c" * 100, "-c"]
ADMINISTRATIONS = ["aaa", "A%00A", "AAA%00", "AAA%0A", "%ED%A0%80", "%F0%9F%92%A9", "TOOLONGCODE"]


@pytest.mark.parametrize("end", ["", "/explanation", "/preview"])
@pytest.mark.parametrize(
    "path", [f"/{cycle}/AAA" for cycle in CYCLES] + [f"/c-2024/{code}" for code in ADMINISTRATIONS]
)
def test_addresses_that_make_no_sense_never_reach_the_database(get: Any, path: str, end: str) -> None:
    answer = get(path + end, "secretariat")
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


@pytest.mark.parametrize("cycle", CYCLES)
def test_neither_do_those_of_a_whole_cycle(get: Any, cycle: str) -> None:
    assert get(f"/{cycle}").status_code == 422


def test_a_closed_cycle_shows_its_status(scoring: Any, build: Any, get: Any) -> None:
    cycle = scored(scoring, build, {"AAA": 50.0})
    assert get("/c-2024/AAA").json()["cycle"]["status"] == "open"
    scoring.feed(cycle.status("closed"))
    assert get("/c-2024/AAA").json()["cycle"]["status"] == "closed"
    assert get("/c-2024").json()["cycle"]["status"] == "closed"


def test_the_service_names_its_engine(get: Any) -> None:
    assert get("").json() == {"engine_version": ENGINE_VERSION, "scores": "/api/v1/scores/{cycle}"}
