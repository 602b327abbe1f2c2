"""Every failure becomes a problem document with a stable code, and nothing of ours leaks in it."""

from collections.abc import Iterator

import psycopg
import pytest
from fastapi import APIRouter, Request
from fastapi.testclient import TestClient
from psycopg.errors import LockNotAvailable, QueryCanceled
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import OperationalError

from service_kit.app import create_app
from service_kit.errors import Finding, Kind, ProblemError
from service_kit.problem_document import TITLES, document

router = APIRouter()


class Body(BaseModel):
    """A body for the tests."""

    model_config = ConfigDict(extra="forbid")
    name: str
    size: int


@router.get("/refused/{kind}")
def refused(kind: Kind) -> None:
    """Raise a problem of the asked kind."""
    raise ProblemError("thing.refused", kind, "Do this instead.", findings=(Finding("thing.row", "bad", row=3),))


@router.post("/bodies")
def bodies(body: Body) -> str:
    """Take a body."""
    return body.name


@router.post("/raw")
async def raw(request: Request) -> int:
    """Take raw bytes."""
    return len(await request.body())


@router.put("/raw")
def put_raw() -> None:
    """Put something."""


@router.get("/database")
def database() -> None:
    """Lose the database."""
    raise OperationalError("select secret", {"password": "secret"}, psycopg.OperationalError("secret"))


@router.get("/too-slow")
def too_slow() -> None:
    """Ask the database for too much."""
    raise OperationalError("select secret", {}, QueryCanceled("secret"))


@router.get("/locked")
def locked() -> None:
    """Wait for a lock in vain."""
    raise OperationalError("select secret", {}, LockNotAvailable("secret"))


@router.get("/odd")
def odd() -> None:
    """Repeat what is no text."""
    raise ProblemError("thing.odd", Kind.INVALID, "There is no \ud800.")


@router.get("/said")
def said(language: str = "en") -> None:
    """Refuse in both languages."""
    findings = (
        Finding("thing.row", "bad", hint="Mend it.", french="Faux ; vraiment", french_hint="Corrigez-le."),
        Finding("thing.untold", "worse"),
    )
    raise ProblemError("thing.said", Kind.CONFLICT, "No.", french="C'est non : « rien ».", findings=findings)


@router.get("/bug")
def bug() -> None:
    """Fail unexpectedly."""
    raise KeyError("secret")


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A client of a small application."""
    app = create_app(
        service="thing", title="Things", description="", routers=[router], is_ready=lambda: True, max_body_bytes=100
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


STATUSES = {
    "malformed": 400, "unauthenticated": 401, "forbidden": 403, "not_found": 404, "conflict": 409,
    "precondition_failed": 412, "too_large": 413, "unsupported_media": 415, "invalid": 422,
    "precondition_required": 428, "too_many": 429, "unavailable": 503, "no_space": 507,
}  # fmt: skip


@pytest.mark.parametrize("kind", list(Kind))
def test_a_refusal_has_its_status_code_and_findings(client: TestClient, kind: Kind) -> None:
    answer = client.get(f"/refused/{kind}", headers={"x-request-id": "abc"})
    assert answer.status_code == answer.json()["status"] == STATUSES[kind]
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["code"], body["detail"], body["request_id"]) == ("thing.refused", "Do this instead.", "abc")
    assert body["errors"] == [{"code": "thing.row", "message": "bad", "row": 3}]


def test_an_unauthenticated_caller_is_told_how(client: TestClient) -> None:
    assert client.get("/refused/unauthenticated").headers["www-authenticate"] == "Bearer"


def test_all_faults_of_a_body_are_named_at_once(client: TestClient) -> None:
    body = client.post("/bodies", json={"size": "many", "colour": "red"}).json()
    assert body["code"] == "request.invalid"
    assert {error["pointer"] for error in body["errors"]} == {"/name", "/size", "/colour"}


def test_malformed_json_is_400(client: TestClient) -> None:
    answer = client.post("/bodies", content=b'{"name": ', headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "request.malformed")


def test_a_lost_database_is_503_and_may_be_tried_again(client: TestClient) -> None:
    answer = client.get("/database")
    assert (answer.status_code, answer.json()["code"]) == (503, "service.database_unavailable")
    assert answer.headers["retry-after"] == "2"
    assert "secret" not in answer.text


def test_a_statement_that_takes_too_long_is_ours_to_mend(client: TestClient) -> None:
    assert client.get("/too-slow").status_code == 500


def test_a_lock_that_was_not_had_may_be_tried_again(client: TestClient) -> None:
    answer = client.get("/locked")
    assert (answer.status_code, answer.json()["code"]) == (503, "service.busy")


def test_a_bug_says_nothing_of_the_inside(client: TestClient) -> None:
    answer = client.get("/bug")
    assert (answer.status_code, answer.json()["code"]) == (500, "service.unexpected")
    assert "secret" not in answer.text


def test_half_a_character_does_not_break_the_answer(client: TestClient) -> None:
    answer = client.get("/odd")
    assert (answer.status_code, answer.json()["detail"]) == (422, "There is no ?.")


def test_an_unknown_path_is_a_problem_too(client: TestClient) -> None:
    answer = client.get("/nowhere")
    assert (answer.status_code, answer.json()["code"]) == (404, "request.no_such_route")


def test_a_method_that_is_not_possible_is_told_with_all_that_are(client: TestClient) -> None:
    answer = client.get("/raw")
    assert (answer.status_code, answer.json()["code"]) == (405, "request.method_not_allowed")
    assert answer.headers["allow"] == "POST, PUT"


def test_a_body_over_the_limit_is_refused_whatever_its_length_says(client: TestClient) -> None:
    assert client.post("/raw", content=b"x" * 100).json() == 100
    for content in (b"x" * 101, iter([b"x" * 60, b"x" * 60])):
        answer = client.post("/raw", content=content)
        assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")
    too_long = b'{"name": "' + b"x" * 200 + b'"}'
    assert client.post("/bodies", content=too_long, headers={"content-type": "application/json"}).status_code == 413


def test_an_answer_is_private_unless_it_says_otherwise(client: TestClient) -> None:
    answer = client.post("/raw", content=b"x")
    assert (answer.headers["cache-control"], answer.headers["vary"]) == ("private, no-cache", "authorization")


def test_a_trailing_slash_is_another_path_and_leads_nowhere_else(client: TestClient) -> None:
    assert client.get("/bug/", follow_redirects=False).status_code == 404


@pytest.mark.parametrize(
    ("query", "accepted"), [("", "fr-CA, en;q=0.5"), ("?language=fr", "en"), ("?language=de", "fr")]
)
def test_who_asks_for_french_is_refused_in_french(client: TestClient, query: str, accepted: str) -> None:
    response = client.get(f"/said{query}", headers={"accept-language": accepted})
    body = response.json()
    assert response.headers["content-language"] == "fr"
    assert body["title"] == "En conflit avec l\u2019état actuel"
    assert body["detail"] == "C\u2019est non\u00a0: «\u00a0rien\u00a0»."
    assert body["errors"] == [
        {"code": "thing.row", "message": "Faux\u00a0; vraiment", "hint": "Corrigez-le."},
        {"code": "thing.untold", "message": "worse"},
    ]


@pytest.mark.parametrize(("query", "accepted"), [("", "en, fr"), ("", ""), ("?language=en", "fr"), ("", "fr;q=0")])
def test_all_others_are_refused_in_english(client: TestClient, query: str, accepted: str) -> None:
    response = client.get(f"/said{query}", headers={"accept-language": accepted})
    body = response.json()
    assert (response.headers["content-language"], body["detail"]) == ("en", "No.")
    assert body["title"] == "In conflict with the present state"
    assert body["errors"][0] == {"code": "thing.row", "message": "bad", "hint": "Mend it."}


def test_a_refusal_without_french_is_english_as_a_whole(client: TestClient) -> None:
    response = client.get("/refused/conflict", headers={"accept-language": "fr"})
    assert response.headers["content-language"] == "en"
    assert response.json()["title"] == "In conflict with the present state"


def test_every_title_is_there_in_french() -> None:
    french = {status: document(status, "x", "x", None, (), None, "x")["title"] for status in TITLES}
    assert [status for status, title in french.items() if title in ("Refusé", TITLES[status])] == []
