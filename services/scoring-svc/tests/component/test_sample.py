"""Scores that depend on the others are made anew for all; others are not touched; both equal one offline run."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from framework_spec.reading import read_framework
from scoring_svc.application.queries.offline import Difference, differences
from scoring_svc.domain.submission import Submission

SERVICES = Path(__file__).resolve().parents[3]
DEMO = SERVICES / "framework-svc" / "src" / "framework_svc" / "data" / "frameworks" / "openpmm-demo-1.yaml"
REGIONS = {"AAA": "R1", "BBB": "R1", "CCC": "R2"}


def found(scoring: Any, cycle: str = "c-2024") -> list[Difference]:
    """What an offline computation finds wrong."""
    with scoring.engine.connect() as connection:
        return differences(connection, cycle)


def updated(published: list[dict[str, Any]]) -> list[str]:
    """The administrations whose scores were published."""
    return [event["data"]["administration"] for event in published if event["type"] == "score.updated.v1"]


def prepared(scoring: Any, build: Any, document: Any) -> Any:
    """A cycle of the framework, ready to score."""
    scoring.feed(build.published(document), build.register(REGIONS))
    return build.round(document)


@pytest.mark.parametrize(
    "rule",
    [
        {"normalisation": "min_max"},
        {"normalisation": "z_score", "centre": 50, "spread": 10},
        {"normalisation": "rank"},
        {"normalisation": "distance_to_best"},
    ],
    ids=lambda rule: rule["normalisation"],
)
def test_with_a_sample_one_acceptance_moves_others(scoring: Any, build: Any, rule: dict[str, Any]) -> None:
    cycle = prepared(scoring, build, build.framework(scoring=rule))
    assert updated(scoring.feed(cycle.of("AAA", 10, 50, 50, status="accepted").event)) == ["AAA"]
    second = cycle.of("BBB", 20, 50, 50, status="accepted")
    assert updated(scoring.feed(second.event)) == ["AAA", "BBB"]
    assert found(scoring) == []
    published = scoring.feed(second.then("withdrawn").event)
    assert [event["type"] for event in published] == ["score.updated.v1", "score.retracted.v1"]
    assert found(scoring) == []


def test_a_mean_of_the_region_moves_the_region(scoring: Any, build: Any) -> None:
    cycle = prepared(scoring, build, build.framework(root={"missing": "group_mean"}))
    first = cycle.of("AAA", 10, 10, None, status="accepted")
    scoring.feed(first.event, cycle.of("CCC", 10, 10, None, status="accepted").event)
    published = scoring.feed(cycle.of("BBB", 10, 10, 90, status="accepted").event)
    assert set(updated(published)) >= {"AAA", "BBB"}
    scores = {
        row["administration"]: row["score"] for row in scoring.rows("select administration, score from score_card")
    }
    assert scores == {"AAA": 50, "BBB": 50, "CCC": 10}
    moved = scoring.feed(build.register({**REGIONS, "CCC": "R1"}, minutes=1))
    assert "CCC" in updated(moved)
    assert found(scoring) == []


def test_without_a_sample_only_the_one_that_changed_is_loaded(
    scoring: Any, build: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle = prepared(scoring, build, build.framework())
    scoring.feed(*(cycle.of(code, 10, 20, 30, status="accepted").event for code in REGIONS))
    loaded: list[str] = []
    inputs = Submission.inputs

    def noted(submission: Submission, group: str | None) -> Any:
        loaded.append(submission.administration)
        return inputs(submission, group)

    monkeypatch.setattr(Submission, "inputs", noted)
    assert updated(scoring.feed(cycle.of("BBB", 90, 20, 30, status="accepted", revision=2).event)) == ["BBB"]
    assert loaded == ["BBB"]


@pytest.mark.parametrize("rule", [None, {"normalisation": "min_max"}], ids=["fixed", "sample"])
def test_any_batches_give_the_same_bytes_as_one_run(scoring: Any, build: Any, rule: dict[str, Any] | None) -> None:
    rng = random.Random(7)
    document = build.framework(scoring=rule, root={"aggregation": {"method": "geometric", "floor": 1}})
    cycle = prepared(scoring, build, document)
    states = [
        cycle.of(f"M{number:02}", *(rng.choice([None, rng.uniform(1, 99)]) for _ in range(3))) for number in range(30)
    ]
    events = [state.event for state in states]
    events += [state.then("accepted").event for state in states]
    events += [state.then("accepted").then("withdrawn").event for state in states[::5]]
    rng.shuffle(events)
    while events:
        size = rng.randint(1, 12)
        scoring.feed(*events[:size])
        events = events[size:]
    assert len(scoring.cards()) == 24
    assert found(scoring) == []


def test_the_shipped_demo_framework_scored_one_by_one_equals_one_run(scoring: Any, build: Any) -> None:
    rng = random.Random(11)
    document = read_framework(DEMO.read_bytes())
    cycle = build.round(document)
    codes = [f"M{number:02}" for number in range(12)]
    regions = dict.fromkeys(codes, "R1")
    scoring.feed(build.published(document), build.register(regions, population=document.population))
    for code in codes:
        answers = [
            {"input": each.code, "year": year, "value": rng.randint(0, 5000)}
            for each in document.inputs
            for year in (2023, 2024)
            if rng.random() < 0.8
        ]
        state = replace(cycle.of(code), answers=answers, default=rng.choice(["public", "wco", "restricted"]))
        assert updated(scoring.feed(state.event, state.then("accepted").event)) == [code]
    assert found(scoring) == []


def test_a_preview_is_scored_among_the_accepted_and_follows_them(scoring: Any, build: Any) -> None:
    document = build.framework(scoring=build.min_max)
    cycle = prepared(scoring, build, document)
    scoring.feed(cycle.of("AAA", 0, 50, 50, status="accepted").event, cycle.of("BBB", 50, 50, 50).event)
    scoring.feed(cycle.of("CCC", 70, 50, 50).event)
    node = next(each for each in card(scoring, "BBB", "preview") if each["code"] == "K1")
    assert node["score"] == 100
    scoring.feed(cycle.of("CCC", 100, 50, 50, revision=2, status="accepted").event)
    node = next(each for each in card(scoring, "BBB", "preview") if each["code"] == "K1")
    assert node["score"] == 50


def card(scoring: Any, administration: str, kind: str) -> list[dict[str, Any]]:
    """The nodes of a stored card."""
    nodes: list[dict[str, Any]] = scoring.one(
        "select card::json -> 'nodes' from score_card where administration = :code and kind = :kind",
        code=administration,
        kind=kind,
    )
    return nodes


def test_the_offline_comparison_finds_what_is_wrong(scoring: Any, build: Any) -> None:
    cycle = prepared(scoring, build, build.framework())
    scoring.feed(*(cycle.of(code, 10, 20, 30, status="accepted").event for code in REGIONS))
    with scoring.engine.begin() as connection:
        connection.exec_driver_sql("update score_card set score = 99 where administration = 'AAA'")
        connection.exec_driver_sql("delete from score_card where administration = 'BBB'")
        connection.exec_driver_sql("update submission set status = 'returned' where administration = 'CCC'")
    assert found(scoring) == [
        Difference("AAA", "differs in its score"),
        Difference("BBB", "has an accepted submission without a card"),
        Difference("CCC", "has a card without an accepted submission"),
    ]
    with pytest.raises(LookupError, match="no-such"):
        found(scoring, "no-such")
