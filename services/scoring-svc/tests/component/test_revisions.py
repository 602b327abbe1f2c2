"""A revision on its way: what was accepted stays scored for others, and the revision has its preview."""

from typing import Any

import pytest

from scoring_svc.application.queries.offline import differences

REGIONS = {"AAA": "R1", "BBB": "R2"}


@pytest.fixture
def ready(scoring: Any, build: Any) -> Any:
    """A cycle with framework and register in place."""
    document = build.framework()
    cycle = build.round(document)
    scoring.feed(build.published(document), build.register(REGIONS), cycle.status("open"))
    return cycle


def revised(ready: Any, status: str, **changes: Any) -> Any:
    """A revision of an accepted 80, 60, 30 with other figures."""
    accepted = ready.of("AAA", 80, 60, 30, status="accepted")
    in_force = {"answers": accepted.answers, "claims": []}
    later = ready.of("AAA", 10, 10, 10)
    return accepted.then(status, answers=later.answers, in_force=in_force, **changes)


def score(scoring: Any, kind: str) -> float:
    """The overall score of the card of AAA."""
    overall: float = scoring.cards()["c-2024", "AAA", kind]["score"]
    return overall


def test_a_submitted_revision_leaves_the_score_in_place_and_has_a_preview(scoring: Any, ready: Any) -> None:
    scoring.feed(ready.of("AAA", 80, 60, 30, status="accepted").event)
    waiting = revised(ready, "submitted")
    assert scoring.feed(waiting.event) == []
    assert (score(scoring, "final"), score(scoring, "preview")) == (50, 10)
    published = scoring.feed(waiting.then("accepted", in_force=None).event)
    assert [event["type"] for event in published] == ["score.updated.v1"]
    assert list(scoring.cards()) == [("c-2024", "AAA", "final")]
    assert score(scoring, "final") == 10


def test_a_returned_revision_leaves_the_score_in_place(scoring: Any, ready: Any) -> None:
    scoring.feed(ready.of("AAA", 80, 60, 30, status="accepted").event)
    assert scoring.feed(revised(ready, "returned").event) == []
    assert list(scoring.cards()) == [("c-2024", "AAA", "final")]
    assert score(scoring, "final") == 50


def test_who_never_saw_the_acceptance_scores_what_is_in_force(scoring: Any, ready: Any) -> None:
    published = scoring.feed(revised(ready, "submitted").event)
    assert [event["type"] for event in published] == ["score.updated.v1"]
    assert (score(scoring, "final"), score(scoring, "preview")) == (50, 10)
    with scoring.engine.connect() as connection:
        assert differences(connection, "c-2024") == []


def test_disclosure_of_a_revision_on_its_way_reaches_the_score(scoring: Any, ready: Any) -> None:
    scoring.feed(ready.of("AAA", 80, 60, 30, status="accepted").event)
    published = scoring.feed(revised(ready, "returned", kpis={"K1": "wco"}).event)
    nodes = {node["code"]: (node["level"], node["score"]) for node in published[0]["data"]["card"]["nodes"]}
    assert (nodes["K1"], nodes["K2"]) == (("wco", 80), ("public", 60))


def test_withdrawing_a_revision_retracts_the_score(scoring: Any, ready: Any) -> None:
    scoring.feed(ready.of("AAA", 80, 60, 30, status="accepted").event)
    waiting = revised(ready, "submitted")
    scoring.feed(waiting.event)
    published = scoring.feed(waiting.then("withdrawn", in_force=None).event)
    assert [event["type"] for event in published] == ["score.retracted.v1"]
    assert scoring.cards() == {}


def test_a_sample_is_made_of_what_is_in_force(scoring: Any, build: Any) -> None:
    document = build.framework(code="sampled", scoring=build.min_max)
    cycle = build.round(document, code="c-sampled")
    scoring.feed(build.published(document), build.register(REGIONS), cycle.status("open"))
    scoring.feed(
        cycle.of("AAA", 0, 50, 50, status="accepted").event, cycle.of("BBB", 100, 50, 50, status="accepted").event
    )
    before = scoring.cards()["c-sampled", "BBB", "final"]["card"]
    first = cycle.of("AAA", 0, 50, 50, status="accepted")
    in_force = {"answers": first.answers, "claims": []}
    later = first.then("submitted", answers=cycle.of("AAA", 90, 50, 50).answers, in_force=in_force)
    assert scoring.feed(later.event) == []
    assert scoring.cards()["c-sampled", "BBB", "final"]["card"] == before


def test_a_claim_that_was_refused_leaves_its_kpi_to_its_figures(scoring: Any, ready: Any) -> None:
    claimed = ready.of("AAA", 80, 60, 30, status="accepted", claims=[{"kpi": "K2", "state": "not_applicable"}])
    scoring.feed(claimed.event)
    published = scoring.feed(claimed.then("accepted", claims=[], kind="claim.decided.v1").event)
    states = {node["code"]: node["state"] for node in published[0]["data"]["card"]["nodes"]}
    assert states["K2"] == "scored"
