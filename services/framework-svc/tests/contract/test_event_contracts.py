"""The committed schemas and examples of this service's events are those of the code.

Run this file as a script to write them anew.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator

from framework_spec.reading import read_framework
from framework_svc.adapters.shipped import shipped_frameworks, shipped_population
from framework_svc.domain.events import EVENTS
from framework_svc.domain.framework_version import FrameworkVersion, Retirement
from framework_svc.domain.population import Group, Member
from framework_svc.domain.register_changes import register_changed
from service_kit.envelope import Envelope

FOLDER = Path(__file__).resolve().parents[4] / "contracts" / "events" / "framework-svc"
AT = datetime(2026, 2, 3, 10, 30, tzinfo=UTC)


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each message: the envelope with the event's data."""
    found = {}
    for event in EVENTS:
        data = event.model_json_schema()
        envelope = Envelope.model_json_schema()
        envelope["$defs"] = data.pop("$defs", {}) | {event.__name__: data}
        envelope["properties"] |= {"type": {"const": event.TYPE}, "data": {"$ref": f"#/$defs/{event.__name__}"}}
        found[event.TYPE] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **envelope}
    return found


def examples() -> dict[str, dict[str, Any]]:
    """One message of each type: the public catalogue, its retirement, and a few members."""
    catalogue = next(source for source in shipped_frameworks(with_demo=False))
    whole = shipped_population()
    few = whole.model_copy(
        update={
            "administrations": (
                *whole.administrations[:3],
                *(each for each in whole.administrations if each.valid_from),
            ),
            "groups": (
                Group(
                    code="ISLANDS",
                    name="Island states",
                    names={"fr": "États insulaires"},
                    scheme="geography",
                    source="an atlas, edition of 2024",
                    members=(Member(administration="ATG"), Member(administration="BHS", valid_from=date(2025, 1, 1))),
                ),
            ),
        }
    )
    version = FrameworkVersion.publish(read_framework(catalogue), AT, "framework-svc")
    retirement = Retirement(AT, "secretariat", "Version 2 takes its place.")
    made = [version.event(), register_changed(few, AT.date()), version.retired_event(retirement)]
    messages = [event.envelope("framework-svc", AT) for event in made]
    return {
        message.type: json.loads(message.model_copy(update={"id": UUID(int=number)}).model_dump_json())
        for number, message in enumerate(messages, start=1)
    }


def files() -> dict[str, dict[str, Any]]:
    """File name to content."""
    return {f"{name}.schema.json": schema for name, schema in schemas().items()} | {
        f"{name}.example.json": example for name, example in examples().items()
    }


def test_the_committed_contract_is_that_of_the_code() -> None:
    committed = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")}
    assert committed == files()


@pytest.mark.parametrize("kind", [event.TYPE for event in EVENTS])
def test_the_example_keeps_to_the_schema(kind: str) -> None:
    Draft202012Validator.check_schema(schemas()[kind])
    assert list(Draft202012Validator(schemas()[kind]).iter_errors(examples()[kind])) == []


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        text = json.dumps(content, indent=2, ensure_ascii=False)
        (FOLDER / name).write_text(text + "\n", encoding="utf-8")
