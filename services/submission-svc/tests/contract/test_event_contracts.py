"""The committed schemas and examples of this service's events are those of the code.

Run this file as a script to write them anew.
"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator

from access_policy import Level
from service_kit.envelope import Envelope, NewEvent
from submission_svc.domain.content import Answer, Claim, Content, Decision
from submission_svc.domain.cycle import Cycle
from submission_svc.domain.disclosure import Disclosure
from submission_svc.domain.events import EVENTS, CycleEvent, SubmissionEvent, cycle_event, submission_event
from submission_svc.domain.submission import Status, Submission

FOLDER = Path(__file__).resolve().parents[4] / "contracts" / "events" / "submission-svc"
TYPES = [event.TYPE for event in EVENTS]
AT = datetime(2026, 2, 3, 10, 30, tzinfo=UTC)
CYCLE = Cycle(
    code="demo-2024",
    name={"en": "Demonstration cycle 2024"},
    framework="openpmm-demo",
    framework_version="1",
    framework_digest="sha256:" + "0" * 64,
    population="wco-members",
    reporting_year=2024,
    opens_on=date(2026, 1, 1),
    closes_on=date(2026, 12, 31),
    is_rehearsal=False,
)
CONTENT = Content(
    answers=(
        Answer("DECLARATIONS_IMPORT", 2023, "missing", None),
        Answer("DECLARATIONS_IMPORT", 2024, "number", 125000.0),
        Answer("REVENUE_TARGET", 2024, "number", 2500000000.0, period="2023-07-01/2024-06-30"),
    ),
    claims=(Claim("D1-TRANSIT-1", "not_applicable", "There is no transit through an island."),),
)
STATUS: dict[str, tuple[Status, int]] = {
    "submission.submitted.v1": ("submitted", 1),
    "submission.accepted.v1": ("accepted", 2),
    "disclosure.changed.v1": ("accepted", 3),
    "claim.decided.v1": ("submitted", 4),
    "submission.returned.v1": ("returned", 4),
    "submission.withdrawn.v1": ("withdrawn", 4),
}


def schema(event: type[CycleEvent] | type[SubmissionEvent]) -> dict[str, Any]:
    """The JSON Schema of the whole message: the envelope with this event's data."""
    data = event.model_json_schema()
    definitions = data.pop("$defs")
    envelope = Envelope.model_json_schema()
    envelope["properties"] |= {"type": {"const": event.TYPE}, "data": {"$ref": f"#/$defs/{event.__name__}"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **envelope,
        "title": event.TYPE,
        "description": event.__doc__,
        "$defs": {**definitions, event.__name__: data},
    }


def example(event: type[CycleEvent] | type[SubmissionEvent]) -> dict[str, Any]:
    """A message as it stands on the topic."""
    made = _made(event)
    fixed = replace(made, id=UUID(int=TYPES.index(event.TYPE) + 1))
    message: dict[str, Any] = json.loads(fixed.envelope("submission-svc", AT).model_dump_json())
    return message


def _made(event: type[CycleEvent] | type[SubmissionEvent]) -> NewEvent:
    if issubclass(event, CycleEvent):
        return cycle_event(event, CYCLE.close("All are in.") if event.TYPE == "cycle.closed.v1" else CYCLE)
    status, revision = STATUS[event.TYPE]
    disclosure = Disclosure(Level("wco"), {"D1-TRANSIT-1": Level("public")})
    submission = Submission(UUID(int=42), CYCLE.code, "KEN", status, revision, disclosure, AT, AT)
    in_force = CONTENT if event.TYPE == "claim.decided.v1" else None
    content = CONTENT.decided({"D1-TRANSIT-1": Decision("refused", "Lake ports.")}) if in_force else CONTENT
    return submission_event(event, CYCLE, submission, content, in_force)


def _files() -> dict[str, dict[str, Any]]:
    files = {}
    for event in EVENTS:
        files[f"{event.TYPE}.schema.json"] = schema(event)
        files[f"{event.TYPE}.example.json"] = example(event)
    return files


@pytest.mark.parametrize("name", sorted(_files()))
def test_the_committed_contract_is_that_of_the_code(name: str) -> None:
    assert json.loads((FOLDER / name).read_text(encoding="utf-8")) == _files()[name]


def test_nothing_else_is_committed() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(_files())


@pytest.mark.parametrize("kind", TYPES)
def test_the_example_keeps_to_the_schema(kind: str) -> None:
    committed = json.loads((FOLDER / f"{kind}.schema.json").read_text(encoding="utf-8"))
    message = json.loads((FOLDER / f"{kind}.example.json").read_text(encoding="utf-8"))
    Draft202012Validator(committed).validate(message)
    assert Envelope.model_validate(message).type == kind


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file_name, content in _files().items():
        text = json.dumps(content, indent=2, ensure_ascii=False)
        (FOLDER / file_name).write_text(text + "\n", encoding="utf-8")
