"""What is committed as contract of the score events is what the service writes, and real events keep to it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from scoring_svc.application.contract import documents

FOLDER = Path(__file__).resolve().parents[4] / "contracts" / "events" / "scoring-svc"


def test_the_committed_contract_is_the_present_one() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert committed == documents()


@pytest.mark.parametrize("name", sorted(name for name in documents() if name.endswith(".example.json")))
def test_an_example_keeps_to_its_schema(name: str) -> None:
    schema = json.loads(documents()[name.replace(".example.", ".schema.")])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert list(validator.iter_errors(json.loads(documents()[name]))) == []
