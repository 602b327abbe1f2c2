"""The readers of consumed events understand the examples that their producers commit."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from reporting_svc.application.outside.events import NodeData, OutsideEvent, ScoreUpdatedData
from reporting_svc.entrypoints.consumers import framework, score, submission
from reporting_svc.entrypoints.consumers.batch import ACTIONS
from reporting_svc.entrypoints.http.schemas import MeanRead, NodeRead
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
        "claim.decided.v1": submission.SubmissionEvent,
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
    assert ACTIONS.keys() == {type_ for types in READERS.values() for type_ in types}


def test_the_example_card_holds_what_is_taken_from_cards() -> None:
    event = Envelope.model_validate_json((FOLDER / "scoring-svc" / "score.updated.v1.example.json").read_bytes())
    read = score.ScoreUpdated.model_validate(event.data)
    for node in read.card["nodes"]:
        assert {"code", "parent", "kind", "state", "score", "band", "coverage", "level"} <= node.keys()


def test_what_cannot_be_read_is_not_repeated_in_the_error() -> None:
    secret = "4711-never-in-a-log"
    event = {"cycle": {"code": secret}, "administration": secret, "region": [secret], "run_id": secret, "card": secret}
    with pytest.raises(ValidationError, match="run_id") as refused:
        score.ScoreUpdated.model_validate(event)
    assert secret not in str(refused.value)


def test_a_node_that_cannot_be_announced_or_shown_is_not_repeated_in_the_error() -> None:
    secret = "4711-never-in-a-log"
    for shape in (NodeData, NodeRead, MeanRead, ScoreUpdatedData, OutsideEvent):
        with pytest.raises(ValidationError, match="validation error") as refused:
            shape.model_validate({"code": [secret], "score": secret, "mean": secret, "time": secret, "nodes": secret})
        assert secret not in str(refused.value)
