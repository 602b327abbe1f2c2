"""Two workers at once: batches of one cycle follow one another, and no submission misses its framework."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from scoring_svc.application.queries.offline import differences

REGIONS = {"AAA": "R1"}


def at_once(*actions: Callable[[], object]) -> None:
    """Run the actions in threads that start together."""
    barrier = threading.Barrier(len(actions))
    errors: list[BaseException] = []

    def run(action: Callable[[], object]) -> None:
        try:
            barrier.wait(5)
            action()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert errors == []


@pytest.mark.parametrize("attempt", range(5))
def test_a_framework_and_a_submission_at_the_same_moment(scoring: Any, build: Any, attempt: int) -> None:
    document = build.framework()
    cycle = build.round(document)
    scoring.feed(build.register(REGIONS))
    framework, submission = build.published(document), cycle.of("AAA", 1, 2, 3, status="accepted").event
    at_once(lambda: scoring.feed(framework), lambda: scoring.feed(submission))
    assert list(scoring.cards()) == [("c-2024", "AAA", "final")]


def test_the_same_events_in_two_workers_take_effect_once(scoring: Any, build: Any) -> None:
    document = build.framework(scoring=build.min_max)
    cycle = build.round(document)
    scoring.feed(build.published(document), build.register(REGIONS))
    events = [cycle.of(f"M{number:02}", number, 50, 50, status="accepted").event for number in range(20)]
    at_once(
        lambda: [scoring.feed(event) for event in events],
        lambda: [scoring.feed(event) for event in events],
    )
    with scoring.engine.connect() as connection:
        assert differences(connection, "c-2024") == []
    runs = scoring.rows("select id, scored from score_run order by id")
    assert [run["scored"] for run in runs] == list(range(1, 21))
