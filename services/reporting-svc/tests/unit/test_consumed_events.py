"""The readers of consumed events understand the examples that their producers commit."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from reporting_svc.entrypoints.consumers import framework, score, submission
from service_kit.envelope import Envelope

FOLDER = Path(__file__).resolve().parents[4] / "contracts" / "events"
READERS: dict[str, dict[str, type[BaseModel]]] = {
    "framework-svc": {
        "framework.published.v1": framework.FrameworkPublished,
        "register.changed.v1": framework.RegisterChanged,
    },
    "submission-svc": {
        "cycle.opened.v1": submission.CycleEvent,
        "cycle.closed.v1": submission.CycleEvent,
        "submission.submitted.v1": submission.SubmissionEvent,
        "submission.accepted.v1": submission.SubmissionEvent,
        "submission.returned.v1": submission.SubmissionEvent,
        "submission.withdrawn.v1": submission.SubmissionEvent,
        "disclosure.changed.v1": submission.SubmissionEvent,
    },
    "scoring-svc": {
        "score.updated.v1": score.ScoreUpdated,
        "score.retracted.v1": score.ScoreRetracted,
        "cycle.scored.v1": score.CycleScored,
    },
}


@pytest.mark.parametrize(
    ("producer", "type_"), [(producer, type_) for producer in READERS for type_ in READERS[producer]]
)
def test_the_example_of_the_producer_is_understood(producer: str, type_: str) -> None:
    event = Envelope.model_validate_json((FOLDER / producer / f"{type_}.example.json").read_bytes())
    assert event.type == type_
    assert READERS[producer][type_].model_validate(event.data)


def test_every_type_that_is_handled_is_read_here() -> None:
    handled = {type_ for module in (framework, submission, score) for type_ in module._ACTIONS}
    assert handled == {type_ for types in READERS.values() for type_ in types}


def test_the_example_card_holds_what_is_taken_from_cards() -> None:
    event = Envelope.model_validate_json((FOLDER / "scoring-svc" / "score.updated.v1.example.json").read_bytes())
    read = score.ScoreUpdated.model_validate(event.data)
    for node in read.card["nodes"]:
        assert {"code", "parent", "kind", "state", "score", "band", "coverage", "level"} <= node.keys()
