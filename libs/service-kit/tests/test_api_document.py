"""The OpenAPI document says what every operation may answer, in the media type that it answers in, and no more."""

import copy
import json
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Query
from pydantic import BaseModel

from service_kit.api_document import finished
from service_kit.app import create_app
from service_kit.problems import responses

router = APIRouter()


class Body(BaseModel):
    """A body."""

    name: str


@router.get("/things")
def get_things() -> list[str]:
    """All things; the newest first. More words follow here,
    in a second line.
    """
    return []


@router.post("/things", summary="Add a thing", responses=responses(409))
def post_things(body: Body) -> Body:
    """Add one."""
    return body


@router.get("/searched", responses={422: {"description": "Errors as text", "content": {"text/csv": {}}}})
def get_searched(size: Annotated[int, Query()] = 1) -> None:
    """What was found."""


@pytest.fixture
def document() -> dict[str, Any]:
    """The document of a small application."""
    app = create_app(
        service="thing", title="Things", description="", routers=[router], is_ready=lambda: True, max_body_bytes=100
    )
    return app.openapi()


def test_finishing_it_again_changes_nothing(document: dict[str, Any]) -> None:
    before = copy.deepcopy(document)
    assert finished(document) == before


def test_every_operation_may_answer_as_the_gateway_does(document: dict[str, Any]) -> None:
    answers = document["paths"]["/things"]["get"]["responses"]
    assert list(answers) == ["200", "400", "401", "403", "429", "503", "504"]
    assert answers["429"] == {"$ref": "#/components/responses/Problem429"}
    shared = document["components"]["responses"]["Problem429"]
    assert shared["content"] == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemRead"}}}
    assert list(shared["headers"]) == ["Retry-After"]


def test_a_body_can_be_too_large_of_another_kind_or_not_valid(document: dict[str, Any]) -> None:
    assert {"409", "413", "415", "422"} < set(document["paths"]["/things"]["post"]["responses"])


def test_what_a_route_says_of_an_answer_stays(document: dict[str, Any]) -> None:
    said = document["paths"]["/searched"]["get"]["responses"]["422"]
    assert said == {"description": "Errors as text", "content": {"text/csv": {}}}


def test_the_summary_is_the_first_words_of_the_description(document: dict[str, Any]) -> None:
    things = document["paths"]["/things"]
    assert (things["get"]["summary"], things["post"]["summary"]) == ("All things", "Add a thing")


def test_nothing_stands_in_it_that_nothing_uses(document: dict[str, Any]) -> None:
    assert set(document["components"]["schemas"]) == {"Body", "ProblemRead", "FindingRead"}
    assert "HTTPValidationError" not in json.dumps(document)
