"""Query parameters that a route does not have are refused; on pages they are passed over."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Query
from fastapi.testclient import TestClient

from service_kit.app import create_app


@pytest.fixture
def client() -> TestClient:
    """A small API with a page."""
    api, pages = APIRouter(prefix="/api/v1/things"), APIRouter()

    @api.get("/{thing}")
    def get_thing(thing: str, dry_run: Annotated[bool, Query()] = False) -> str:
        return f"{thing} {dry_run}"

    @api.post("")
    def post_thing() -> str:
        return "made"

    @pages.get("/page")
    def get_page() -> str:
        return "page"

    made = create_app(
        service="things",
        title="Things",
        description="Things.",
        routers=[api, pages],
        is_ready=lambda: True,
        max_body_bytes=1000,
    )
    return TestClient(made)


def test_known_ones_pass(client: TestClient) -> None:
    assert client.get("/api/v1/things/a?dry_run=true").json() == "a True"


def test_misspelt_ones_are_refused_with_what_was_meant(client: TestClient) -> None:
    answer = client.get("/api/v1/things/a?dryrun=true&colour=red")
    assert (answer.status_code, answer.json()["code"]) == (400, "request.unknown_parameter")
    assert answer.json()["detail"] == "This address takes no query parameter dryrun, colour; nothing was done."
    assert [error["hint"] for error in answer.json()["errors"]] == ["Did you mean dry_run?", "It takes dry_run."]


def test_a_route_without_any_takes_none(client: TestClient) -> None:
    answer = client.post("/api/v1/things?x=1")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["hint"] == "It takes none."


def test_pages_pass_over_what_campaigns_add_to_links(client: TestClient) -> None:
    assert client.get("/page?utm_source=mail").json() == "page"
