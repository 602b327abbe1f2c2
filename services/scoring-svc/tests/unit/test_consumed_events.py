"""The readers of consumed events understand the examples that their producers commit."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from scoring_svc.application.commands.take_batch import Batch
from scoring_svc.entrypoints.consumers.batch import READERS
from scoring_svc.entrypoints.consumers.submission import DisclosureRead
from service_kit.envelope import Envelope

FOLDER = Path(__file__).resolve().parents[4] / "contracts" / "events"
EXAMPLES = {
    path.name.removesuffix(".example.json"): path
    for producer in ("framework-svc", "submission-svc")
    for path in sorted((FOLDER / producer).glob("*.example.json"))
}


@pytest.mark.parametrize("kind", sorted(READERS.keys() & EXAMPLES.keys()))
def test_the_example_of_the_producer_is_understood(kind: str) -> None:
    event = Envelope.model_validate_json(EXAMPLES[kind].read_bytes())
    batch = Batch()
    READERS[event.type](event, batch)
    assert len([*batch.frameworks, *batch.registers, *batch.statuses, *batch.submissions]) == 1


def test_every_event_about_submissions_has_an_example() -> None:
    assert {kind for kind in READERS if not kind.startswith(("framework.", "register."))} <= EXAMPLES.keys()


def test_a_submission_is_read_whole() -> None:
    event = Envelope.model_validate_json(EXAMPLES["submission.accepted.v1"].read_bytes())
    batch = Batch()
    READERS[event.type](event, batch)
    ((cycle, submission),) = batch.submissions
    given = event.data["submission"]
    assert cycle.as_dict() == {name: event.data["cycle"][name] for name in cycle.as_dict()}
    assert (submission.id, submission.status, submission.revision) == (given["id"], "accepted", given["revision"])
    assert submission.answers == given["answers"]
    assert submission.disclosure == given["disclosure"]


def test_an_answer_of_before_periods_were_told_is_of_the_calendar_year() -> None:
    event = Envelope.model_validate_json(EXAMPLES["claim.decided.v1"].read_bytes())
    state = event.data["submission"]
    answers = [*state["answers"], *state["in_force"]["answers"]]
    assert [answer.pop("period") for answer in answers].count("2023-07-01/2024-06-30") == 2
    batch = Batch()
    READERS[event.type](event, batch)
    ((_, submission),) = batch.submissions
    accepted = submission.as_accepted()
    assert accepted is not None
    assert submission.inputs(None).fiscal == accepted.inputs(None).fiscal == frozenset()


@pytest.mark.parametrize("kind", sorted(kind for kind in READERS if kind.startswith("submission.")))
def test_an_event_that_cannot_be_read_is_told_without_its_values(kind: str) -> None:
    event = Envelope.model_validate_json(EXAMPLES[kind].read_bytes())
    event.data["submission"]["answers"][0]["value"] = "4242.secret"
    event.data["submission"]["claims"] = "4343.secret"
    with pytest.raises(ValidationError, match=r"answers\.0\.value") as caught:
        READERS[kind](event, Batch())
    assert caught.value.error_count() == 2
    assert "secret" not in str(caught.value)


def test_a_level_of_another_list_is_read_as_the_most_closed() -> None:
    read = DisclosureRead.model_validate({"default": "members", "kpis": {"D1-1": "public", "D1-2": "regional"}})
    assert read.model_dump() == {"default": "restricted", "kpis": {"D1-1": "public", "D1-2": "restricted"}}
