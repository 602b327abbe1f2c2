"""Events in, cards and events out: the same cards whatever the order, and nothing twice."""

import itertools
import json
from typing import Any

import pytest

REGIONS = {"AAA": "R1", "BBB": "R2", "CCC": None}


def types(published: list[dict[str, Any]]) -> list[str]:
    """The types of events."""
    return [event["type"] for event in published]


@pytest.fixture
def document(build: Any) -> Any:
    """A framework whose scores do not depend on the sample."""
    return build.framework()


@pytest.fixture
def ready(scoring: Any, build: Any, document: Any) -> Any:
    """A cycle of that framework, with framework and register in place."""
    cycle = build.round(document)
    assert scoring.feed(build.published(document), build.register(REGIONS), cycle.status("open")) == []
    return cycle


def test_an_accepted_submission_is_scored_and_published(scoring: Any, ready: Any) -> None:
    published = scoring.feed(ready.of("AAA", 80, 60, 30, status="accepted").event)
    assert types(published) == ["score.updated.v1"]
    data = published[0]["data"]
    assert published[0]["subject"] == "c-2024/AAA"
    assert {name: data[name] for name in ("cycle", "administration", "region", "revision")} == {
        "cycle": ready.data,
        "administration": "AAA",
        "region": "R1",
        "revision": 1,
    }
    scores = {node["code"]: node["score"] for node in data["card"]["nodes"]}
    assert scores == {"OVERALL": 50, "D1": 70, "K1": 80, "K2": 60, "D2": 30, "K3": 30}
    card = scoring.cards()["c-2024", "AAA", "final"]
    assert json.loads(card["card"]) == data["card"]
    assert (card["digest"], card["run_id"], card["score"]) == (data["digest"], data["run_id"], 50)
    run = scoring.rows("select * from score_run")[0]
    assert (run["id"], run["cycle"], run["scored"], run["unscored"]) == (data["run_id"], "c-2024", 1, 0)


def test_the_same_event_again_changes_nothing(scoring: Any, ready: Any) -> None:
    event = ready.of("AAA", 80, 60, 30, status="accepted").event
    scoring.feed(event, event)
    before = scoring.cards()
    assert scoring.feed(event) == []
    assert scoring.cards() == before
    assert scoring.one("select count(*) from score_run") == 1


def test_a_replay_under_new_ids_changes_nothing(scoring: Any, ready: Any, build: Any, document: Any) -> None:
    first = ready.of("AAA", 80, 60, 30)
    states = [first, first.then("accepted"), first.then("accepted").then(kpis={"K1": "wco"})]
    scoring.feed(*(state.event for state in states), ready.status("closed", 5))
    before = scoring.cards()
    again = [build.published(document), build.register(REGIONS), ready.status("open"), *(each.event for each in states)]
    for event in [*again, ready.status("closed", 5)]:
        assert scoring.feed(event) == []
    assert scoring.cards() == before
    assert scoring.one("select status from cycle") == "closed"
    assert scoring.one("select count(*) from score_run") == 1


def test_an_older_revision_is_ignored(scoring: Any, ready: Any) -> None:
    first = ready.of("AAA", 80, 60, 30, status="accepted")
    scoring.feed(first.then(kpis={"K1": "wco"}).event)
    before = scoring.cards()
    assert scoring.feed(first.event) == []
    assert scoring.cards() == before


def test_every_order_of_events_leads_to_the_same_cards(scoring: Any, build: Any, document: Any) -> None:
    expected = None
    orders = list(itertools.permutations(range(5)))[::7]
    for number, order in enumerate(orders):
        own = build.framework(code=f"small-{number}", population=f"testers-{number}")
        cycle = build.round(own, code=f"c-{number}")
        first = cycle.of("AAA", 80, 60, 30)
        accepted = first.then("accepted")
        events = [
            build.published(own),
            build.register(REGIONS, population=f"testers-{number}"),
            cycle.status("closed", 9),
            first.event,
            accepted.event,
        ]
        published = [event for place in order for event in scoring.feed(events[place])]
        assert types(published) == ["score.updated.v1", "cycle.scored.v1"]
        assert published[1]["data"]["scored"] == 1
        rows = scoring.rows(
            "select administration, kind, region, score, revision from score_card where cycle = :c", c=f"c-{number}"
        )
        expected = expected or rows
        assert rows == expected


def test_a_submission_waits_for_its_framework_and_its_register(scoring: Any, build: Any, document: Any) -> None:
    cycle = build.round(document)
    assert scoring.feed(cycle.of("AAA", 80, 60, 30, status="accepted").event, cycle.of("BBB", 1, 2, 3).event) == []
    assert scoring.feed(build.register(REGIONS)) == []
    assert scoring.cards() == {}
    assert types(scoring.feed(build.published(document))) == ["score.updated.v1"]
    assert set(scoring.cards()) == {("c-2024", "AAA", "final"), ("c-2024", "BBB", "preview")}


def test_a_submitted_one_has_a_preview_and_no_event(scoring: Any, ready: Any) -> None:
    first = ready.of("AAA", 80, 60, 30)
    assert scoring.feed(first.event) == []
    assert scoring.cards()["c-2024", "AAA", "preview"]["score"] == 50
    assert scoring.one("select count(*) from score_run") == 0
    scoring.feed(first.then("accepted").event)
    assert list(scoring.cards()) == [("c-2024", "AAA", "final")]


@pytest.mark.parametrize("status", ["withdrawn", "returned"])
def test_a_score_is_retracted_with_its_ground(scoring: Any, ready: Any, status: str) -> None:
    accepted = ready.of("AAA", 80, 60, 30, status="accepted")
    updated = scoring.feed(accepted.event)[0]["data"]
    gone = accepted.then(status)
    published = scoring.feed(gone.event)
    assert types(published) == ["score.retracted.v1"]
    data = published[0]["data"]
    assert (data["administration"], data["revision"], data["reason"]) == ("AAA", 2, status)
    assert data["run_id"] > updated["run_id"]
    assert scoring.cards() == {}
    again = scoring.feed(gone.then("accepted").event)
    assert types(again) == ["score.updated.v1"]
    assert again[0]["data"]["digest"] == updated["digest"]
    assert again[0]["data"]["run_id"] > data["run_id"]


def test_withdrawn_and_handed_in_again_in_one_batch_is_retracted_as_submitted(scoring: Any, ready: Any) -> None:
    accepted = ready.of("AAA", 80, 60, 30, status="accepted")
    scoring.feed(accepted.event)
    withdrawn = accepted.then("withdrawn")
    published = scoring.feed(withdrawn.event, withdrawn.then("submitted").event)
    assert types(published) == ["score.retracted.v1"]
    assert (published[0]["data"]["revision"], published[0]["data"]["reason"]) == (3, "submitted")
    assert list(scoring.cards()) == [("c-2024", "AAA", "preview")]


def test_a_claim_that_is_taken_back_leaves_its_kpi_scored(scoring: Any, ready: Any) -> None:
    claimed = ready.of("AAA", 80, 60, 30, status="accepted", claims=[{"kpi": "K2", "state": "opted_out"}])
    states = {node["code"]: node["state"] for node in scoring.feed(claimed.event)[0]["data"]["card"]["nodes"]}
    assert states["K2"] == "opted_out"
    published = scoring.feed(claimed.then("withdrawn").then("submitted", claims=[]).then("accepted").event)
    nodes = {node["code"]: (node["state"], node["score"]) for node in published[0]["data"]["card"]["nodes"]}
    assert (nodes["K2"], nodes["D1"], nodes["OVERALL"]) == (("scored", 60), ("scored", 70), ("scored", 50))


def test_accepted_and_withdrawn_in_one_batch_leaves_nothing(scoring: Any, ready: Any) -> None:
    accepted = ready.of("AAA", 80, 60, 30, status="accepted")
    assert scoring.feed(accepted.event, accepted.then("withdrawn").event) == []
    assert scoring.cards() == {}


def test_a_change_of_disclosure_is_published_with_the_same_scores(scoring: Any, ready: Any) -> None:
    accepted = ready.of("AAA", 80, 60, 30, status="accepted")
    first = scoring.feed(accepted.event)[0]["data"]
    second = scoring.feed(accepted.then(kpis={"K1": "wco"}).event)[0]["data"]
    assert second["digest"] != first["digest"]
    levels = {node["code"]: node["level"] for node in second["card"]["nodes"]}
    assert levels == {"OVERALL": "wco", "D1": "wco", "K1": "wco", "K2": "public", "D2": "public", "K3": "public"}
    without = [
        {name: value for name, value in node.items() if name not in ("level", "inputs")}
        for node in second["card"]["nodes"]
    ]
    assert without == [
        {name: value for name, value in node.items() if name not in ("level", "inputs")}
        for node in first["card"]["nodes"]
    ]


def test_a_later_revision_with_the_same_content_is_noted_silently(scoring: Any, ready: Any) -> None:
    accepted = ready.of("AAA", 80, 60, 30, status="accepted")
    scoring.feed(accepted.event)
    assert scoring.feed(accepted.then().event) == []
    assert scoring.cards()["c-2024", "AAA", "final"]["revision"] == 2


def test_missing_is_not_zero(scoring: Any, ready: Any) -> None:
    zero = scoring.feed(ready.of("AAA", 0, 0, 0, status="accepted").event)[0]["data"]["card"]["nodes"]
    missing = scoring.feed(ready.of("BBB", 0, None, None, status="accepted").event)[0]["data"]["card"]["nodes"]
    assert [node["score"] for node in zero] == [0, 0, 0, 0, 0, 0]
    assert [node["state"] for node in missing][-1] == "missing"
    opted = ready.of("CCC", 10, 20, None, status="accepted", claims=[{"kpi": "K3", "state": "opted_out"}])
    nodes = scoring.feed(opted.event)[0]["data"]["card"]["nodes"]
    assert nodes[-1]["state"] == "opted_out"


def test_a_register_that_changes_later_moves_cards_and_keeps_scores(scoring: Any, ready: Any, build: Any) -> None:
    states = [ready.of(code, 80, 60, 30, status="accepted") for code in ("AAA", "BBB")]
    scoring.feed(*(state.event for state in states))
    before = scoring.cards()["c-2024", "AAA", "final"]
    published = scoring.feed(build.register({**REGIONS, "AAA": "R9"}, minutes=3))
    assert types(published) == ["score.updated.v1"]
    assert published[0]["data"]["region"] == "R9"
    after = scoring.cards()["c-2024", "AAA", "final"]
    assert (after["region"], after["card"]) == ("R9", before["card"])
    assert after["digest"] != before["digest"]
    assert scoring.feed(build.register(REGIONS, minutes=2)) == []


def test_a_batch_of_many_is_one_run(scoring: Any, ready: Any) -> None:
    events = [ready.of(f"M{number:03}", number % 100, 50, 50, status="accepted").event for number in range(100)]
    assert len(scoring.feed(*events)) == 100
    assert scoring.one("select count(*) from score_run") == 1
    assert scoring.rows("select scored, unscored from score_run") == [{"scored": 100, "unscored": 0}]


def test_a_closed_cycle_is_announced_when_all_is_decided_and_again_only_after_changes(scoring: Any, ready: Any) -> None:
    accepted = ready.of("AAA", 80, 60, 30, status="accepted")
    waiting = ready.of("BBB", 1, None, None)
    scoring.feed(accepted.event, waiting.event)
    assert scoring.feed(ready.status("closed", 7)) == []
    published = scoring.feed(waiting.then("accepted").event)
    assert types(published) == ["score.updated.v1", "cycle.scored.v1"]
    data = published[1]["data"]
    assert (data["cycle"], data["scored"], data["unscored"]) == (ready.data, 1, 1)
    assert scoring.feed(accepted.then().event) == []
    assert types(scoring.feed(accepted.then().then("withdrawn").event)) == ["score.retracted.v1", "cycle.scored.v1"]


def test_a_rehearsal_is_scored_and_marked(scoring: Any, build: Any, document: Any) -> None:
    cycle = build.round(document, code="dry-run", is_rehearsal=True)
    scoring.feed(build.published(document), build.register(REGIONS))
    published = scoring.feed(cycle.of("AAA", 80, 60, 30, status="accepted").event)
    assert published[0]["data"]["cycle"]["is_rehearsal"] is True


def test_unknown_types_are_passed_over(scoring: Any, build: Any) -> None:
    assert scoring.feed(build.event("framework.retired.v1", {"code": "x"})) == []
