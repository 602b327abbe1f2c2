"""What is wrong with the shape of a request is said in plain words, with the place and what to do."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from fastapi import APIRouter, Depends, Path, Query
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict, Field

from service_kit.app import create_app
from service_kit.texts import PlainText

router = APIRouter()


class Row(BaseModel):
    """A row of the body."""

    code: Annotated[str, Field(pattern="^[A-Z]+$")]


class Needy(BaseModel):
    """A body with fields that it must have."""

    code: str
    opens_on: date
    note: str | None = None


@router.post("/needy")
def needy(body: Needy) -> None:
    """Take a body that needs something."""


ThingCode = Annotated[str, Path(pattern="^[a-z]+$")]


def checked(thing: ThingCode) -> None:
    """Check what the route names, too."""


@router.get("/things/{thing}", dependencies=[Depends(checked)])
def things(thing: ThingCode) -> None:
    """Give a thing."""


class Body(BaseModel):
    """A body with one field of each kind."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=2, max_length=5)] = "name"
    size: Annotated[int, Field(ge=1, strict=True)] = 1
    share: Annotated[float, Field(lt=1)] = 0.5
    language: Literal["en", "fr"] = "en"
    on: date = date(2024, 1, 1)
    at: datetime | None = None
    is_open: bool = True
    rows: Annotated[list[Row], Field(max_length=2)] = []
    levels: dict[Annotated[str, Field(max_length=3)], int] = {}
    reason: PlainText = "because"
    id: UUID | None = None
    nested: Row | None = None


@router.post("/bodies/{number}")
def bodies(body: Body, number: int, wanted: Annotated[int, Query(ge=1)] = 1) -> None:
    """Take a body."""


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A client of a small application."""
    app = create_app(
        service="thing", title="Things", description="", routers=[router], is_ready=lambda: True, max_body_bytes=100_000
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


NOT_ONE_OF = "`language` must be one of: 'en' or 'fr'."
CASES: list[tuple[dict[str, Any], str, str, str, str | None]] = [
    ({"nested": {}}, "/nested/code", "request.missing", "`code` is missing.", "Add it."),
    (
        {"colour": 1},
        "/colour",
        "request.unknown_field",
        "`colour` is not a field that is known here.",
        "Leave it out, or correct its spelling.",
    ),
    ({"name": 5}, "/name", "request.wrong_type", "`name` must be a text.", "It was sent as a number."),
    ({"name": None}, "/name", "request.wrong_type", "`name` must be a text.",
     "It was sent as null; leave it out if there is none."),
    ({"size": "5"}, "/size", "request.wrong_type", "`size` must be a whole number.", "It was sent as a text."),
    ({"size": 1.5}, "/size", "request.wrong_type", "`size` must be a whole number.", "It was sent as a number."),
    ({"share": "x"}, "/share", "request.wrong_type", "`share` must be a number.", "It was sent as a text."),
    ({"is_open": []}, "/is_open", "request.wrong_type", "`is_open` must be true or false.", "It was sent as a list."),
    ({"rows": {}}, "/rows", "request.wrong_type", "`rows` must be a list.", "It was sent as an object."),
    ({"rows": [1]}, "/rows/0", "request.wrong_type", "Entry 0 of `rows` must be an object.",
     "It was sent as a number."),
    ({"id": "x"}, "/id", "request.wrong_type", "`id` must be an id as it was given out (a UUID).",
     "It was sent as a text."),
    ({"name": "much too long"}, "/name", "request.too_long", "`name` may have at most 5 characters.", None),
    ({"name": "x"}, "/name", "request.too_short", "`name` must have at least 2 characters.", None),
    ({"rows": [{"code": "A"}] * 3}, "/rows", "request.too_long", "`rows` may have at most 2 entries.", None),
    ({"reason": " "}, "/reason", "request.too_short", "`reason` must have at least 1 character.", None),
    ({"language": "fra"}, "/language", "request.not_one_of", NOT_ONE_OF, "Did you mean fr?"),
    ({"language": 3}, "/language", "request.not_one_of", NOT_ONE_OF, None),
    ({"size": 0}, "/size", "request.out_of_range", "`size` must be at least 1.", None),
    ({"share": 1}, "/share", "request.out_of_range", "`share` must be less than 1.0.", None),
    ({"on": "31.12.2024"}, "/on", "request.bad_date", "`on` is not a date.", "Write dates as 2024-12-31."),
    ({"at": "noon"}, "/at", "request.bad_date", "`at` is not a moment in time.", "Write it as 2024-12-31T12:00:00Z."),
    ({"rows": [{"code": "1"}]}, "/rows/0/code", "request.wrong_form", "`code` does not have the right form.",
     "It must match ^[A-Z]+$"),
    ({"rows": [{"code": "a"}]}, "/rows/0/code", "request.wrong_form", "`code` does not have the right form.",
     "Write it in capital letters."),
    ({"levels": {"a/~b": 1}}, "/levels/a~1~0b", "request.too_long", "`a/~b` may have at most 3 characters.", None),
    ({"reason": "\x00"}, "/reason", "request.not_accepted",
     "`reason` cannot be taken: control characters cannot be kept; type the text again.", None),
]  # fmt: skip


@pytest.mark.parametrize(("body", "pointer", "code", "message", "hint"), CASES)
def test_a_fault_has_our_words(
    client: TestClient, body: dict[str, Any], pointer: str, code: str, message: str, hint: str | None
) -> None:
    answer = client.post("/bodies/1", json=body)
    assert answer.status_code == 422
    wanted = {"code": code, "message": message, "pointer": pointer} | ({"hint": hint} if hint else {})
    assert answer.json()["errors"] == [wanted]


def test_parameters_are_named_by_their_place(client: TestClient) -> None:
    errors = client.post("/bodies/one?wanted=0", json={}).json()["errors"]
    assert [(error["column"], error["message"]) for error in errors] == [
        ("number", "The path parameter `number` must be a whole number."),
        ("wanted", "The query parameter `wanted` must be at least 1."),
    ]


def test_a_parameter_that_a_check_names_too_is_told_once(client: TestClient) -> None:
    [error] = client.get("/things/THING").json()["errors"]
    assert (error["column"], error["hint"]) == ("thing", "Write it in small letters.")


def test_a_body_that_is_missing_is_told(client: TestClient) -> None:
    [error] = client.post("/bodies/1").json()["errors"]
    assert (error["pointer"], error["message"]) == ("", "The body is missing.")


def test_a_body_that_is_missing_is_told_with_the_fields_it_needs(client: TestClient) -> None:
    [error] = client.post("/needy").json()["errors"]
    assert (error["message"], error["hint"]) == ("The body is missing.", "Send a JSON object with `code`, `opens_on`.")


def test_json_that_breaks_off_is_told_with_its_line(client: TestClient) -> None:
    answer = client.post("/bodies/1", content=b'{\n"name":', headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "request.malformed")
    assert answer.json()["detail"] == "The body is not well-formed JSON: Expecting value."
    assert answer.json()["errors"][0]["line"] == 2


@pytest.mark.parametrize("content", [b"\xff\xfe{}", b"[" * 50_000])
def test_a_body_that_cannot_be_read_at_all_is_malformed(client: TestClient, content: bytes) -> None:
    answer = client.post("/bodies/1", content=content, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "request.malformed")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_a_body_of_another_kind_is_415(client: TestClient, kind: str | None) -> None:
    answer = client.post("/bodies/1", content=b"{}", headers={"content-type": kind} if kind else {})
    assert (answer.status_code, answer.json()["code"]) == (415, "request.media_type")
    assert answer.json()["detail"] == "Send the body as application/json."


@pytest.mark.parametrize("body", [b'{"\\ud800": 1}', b'{"name": "\\ud800"}', b'{"levels": {"\\ud800": 1}}'])
def test_half_a_character_is_told(client: TestClient, body: bytes) -> None:
    answer = client.post("/bodies/1", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert {error["code"] for error in answer.json()["errors"]} == {"request.bad_text"}


def test_thousands_of_faults_are_counted_but_not_all_listed(client: TestClient) -> None:
    problem = client.post("/bodies/1", json={f"f{number}": 1 for number in range(1_500)}).json()
    assert len(problem["errors"]) == 1_000
    assert problem["detail"] == "1,500 things in the request cannot be taken; see errors."
