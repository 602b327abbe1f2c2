"""The committed OpenAPI documents are those of the code; `make contracts` writes them anew."""

import json
from pathlib import Path

import pytest

from tests.support.services import SERVICES, application

FOLDER = Path(__file__).resolve().parents[2] / "contracts" / "openapi"


@pytest.mark.parametrize("service", SERVICES)
def test_the_committed_document_is_current(service: str) -> None:
    committed = json.loads((FOLDER / f"{service}.json").read_text(encoding="utf-8"))
    assert committed == json.loads(json.dumps(application(service).openapi()))


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_explains_itself(service: str) -> None:
    for path, operations in application(service).openapi()["paths"].items():
        for method, operation in operations.items():
            assert operation.get("description"), f"{method} {path} has no description"
            assert operation["responses"], path


@pytest.mark.parametrize("service", SERVICES)
def test_every_schema_has_a_name_of_its_own(service: str) -> None:
    schemas = application(service).openapi()["components"]["schemas"]
    assert [name for name in schemas if "__" in name] == []
