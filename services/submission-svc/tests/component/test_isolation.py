"""Of another member nothing is ever told: tried for every route that the API document has, present and to come.

Kenya has one of everything, and each of its texts, names and ids is known here. Uganda's contact point and system ask
for it on every route: by its address, its ids, its cursors, its keys for repeated requests and its files.
"""

import json
import re
from typing import Any
from uuid import uuid4

import pytest

from submission_svc.bootstrap.api import application
from submission_svc.settings import Settings
from tests.support.asking import Route, routes

MARK, NUMBER = "hidden-of-kenya", 7654.321
PDF = b"%PDF-1.7\n" + MARK.encode()
ASKING = ("contact-uga", "system-uga")
STRANGE = "{strange}"
SETTINGS = Settings(
    mode="embedded",
    database_url="postgresql+psycopg://nobody@127.0.0.1:1/none",
    token_issuer="i.test",
    jwks_url="https://i.test",
    evidence_dir="/nonexistent",
)
ROUTES = list(routes(application(SETTINGS).openapi()))
ABOUT_ONE = [route for route in ROUTES if "{administration}" in route.path]
REFUSED = (401, 403, 404)
SHARED = {"cycle", "administration", "kpi", "settling"}  # the parts of paths that are the same for every member


class Kenya:
    """A service in which Kenya has one of everything, and what the parts of paths are called there."""

    def __init__(self, service: Any, make: Any) -> None:
        self.service = service
        self.parts = {"cycle": "c-2024", "administration": "KEN", "kpi": "K-TIME", "settling": "resolve"}
        claim = {"code": "K-BALANCE", "state": "not_applicable", "reason": MARK}
        rows = {"answers": [make.figure(value=NUMBER, comment=MARK), make.figure("BALANCE", 1), claim]}
        pushed = self.do("POST", "answers", "contact-ken", json=rows, headers={"idempotency-key": MARK})
        assert pushed.json()["received"] == 3
        evidence = self.do(
            "POST", "evidence", "contact-ken", params={"about": "HOURS", "name": f"{MARK}.pdf"}, content=PDF
        )
        job = self.do("POST", "answers", "contact-ken", json=rows, headers={"prefer": "respond-async"})
        about = {"kind": "kpi", "code": "K-TIME"}
        thread = self.do("POST", "threads", "contact-ken", json={"about": about, "text": MARK})
        self.parts |= {"evidence": evidence.json()["id"], "job": job.headers["location"].rpartition("/")[2]}
        self.parts |= {"thread": thread.json()["id"]}
        contact = {"email": f"{MARK}@example.org", "name": MARK, "language": "en"}
        ways = (
            ("PUT", "/c-2024/contacts/KEN", "contact-ken", {"contacts": [contact]}),
            ("PUT", "/c-2024/extensions/KEN", "secretariat", {"until": "2026-02-01", "reason": MARK}),
        )
        for method, path, person, body in ways:
            assert service.call(method, path, person, json=body).status_code < 300, path
        self.do("POST", "submit", "contact-ken")
        self.do("POST", "return", "secretariat", json={"reason": MARK})

    def do(self, method: str, what: str, person: str, **options: Any) -> Any:
        """Something that Kenya, or somebody for it, does."""
        answer = self.service.call(method, f"/c-2024/submissions/KEN/{what}", person, **options)
        assert answer.status_code < 300, (what, answer.text)
        return answer

    def secrets(self) -> list[str]:
        """What no answer to others may have in it."""
        found = [MARK, str(NUMBER), MARK.encode().hex()]
        found += [str(row.id) for row in self.service.rows("select id from submission where administration = 'KEN'")]
        found += [row.sha256 for row in self.service.rows("select sha256 from evidence_file")]
        return found

    def everything(self) -> list[Any]:
        """All rows of all tables."""
        named = self.service.rows(
            "select table_name from information_schema.tables where table_schema = 'public' order by 1"
        )
        return [self.service.table(row.table_name) for row in named]

    def ask(self, route: Route, person: str, **changes: Any) -> Any:
        """Try a route as somebody; changes are other parts of the path, and `headers` and `params` beside."""
        options = route.options()
        options["headers"] = changes.pop("headers", {})
        options["params"] = {**options["params"], **changes.pop("params", {})}
        return self.service.call(route.method, route.address(**{**self.parts, **changes}), person, **options)


@pytest.fixture
def kenya(service: Any, make: Any) -> Kenya:
    """Kenya with one of everything."""
    return Kenya(service, make)


def test_kenya_can_read_what_is_hidden_here(kenya: Kenya) -> None:
    told = [kenya.ask(route, "contact-ken").text for route in ABOUT_ONE if route.method == "GET"]
    assert sum(MARK in each for each in told) >= 6, "else this module would prove nothing"


@pytest.mark.parametrize("person", ASKING)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.words)
def test_no_route_tells_anything_of_another_member(kenya: Kenya, route: Route, person: str) -> None:
    before = kenya.everything()
    answer = kenya.ask(route, person)
    told = answer.text + json.dumps(dict(answer.headers))
    assert [each for each in kenya.secrets() if each in told] == []
    if route in ABOUT_ONE and route.method != "GET":
        assert answer.status_code in REFUSED, answer.text
    if route.method != "GET":
        assert kenya.everything() == before, "nothing was written"


@pytest.mark.parametrize("person", ASKING)
@pytest.mark.parametrize("route", ABOUT_ONE, ids=lambda route: route.words)
def test_an_answer_does_not_tell_whether_a_thing_exists(kenya: Kenya, route: Route, person: str) -> None:
    answers = set()
    for administration in ("KEN", "RWA", "QQQ"):
        for parts in ({}, {"evidence": str(uuid4()), "job": str(uuid4()), "thread": str(uuid4()), "kpi": "K-NONE"}):
            answer = kenya.ask(route, person, administration=administration, **parts)
            told = answer.text.replace(administration, STRANGE)
            answers.add((answer.status_code, re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", STRANGE, told)))
    assert len(answers) == 1, answers


@pytest.mark.parametrize("person", ASKING)
@pytest.mark.parametrize(
    "route",
    [route for route in ABOUT_ONE if set(re.findall("{(.+?)}", route.path)) - SHARED],
    ids=lambda route: route.words,
)
def test_an_id_of_another_member_is_nothing_at_ones_own_address(kenya: Kenya, route: Route, person: str) -> None:
    kenya.service.push({"code": "HOURS", "year": 2024, "value": 1}, member="UGA", person="system-uga")
    own = kenya.ask(route, person, administration="UGA")
    strange = {name: str(uuid4()) for name in kenya.parts.keys() - SHARED}
    none = kenya.ask(route, person, administration="UGA", **strange)
    ids = "|".join([*strange.values(), *(kenya.parts[name] for name in strange)])
    assert own.status_code in REFUSED
    assert re.sub(ids, STRANGE, own.text) == re.sub(ids, STRANGE, none.text)


@pytest.mark.parametrize(
    "route", [route for route in ABOUT_ONE if "cursor" in route.optional], ids=lambda route: route.words
)
def test_a_cursor_of_another_member_leads_nowhere_else(kenya: Kenya, route: Route) -> None:
    kenya.service.push({"code": "HOURS", "year": 2024, "value": 1}, member="UGA", person="system-uga")
    cursor = kenya.ask(route, "contact-ken", params={"limit": "1"}).json()["next"]
    assert cursor is not None
    for person in ASKING:
        answer = kenya.ask(route, person, administration="UGA", params={"cursor": cursor})
        assert [each for each in kenya.secrets() if each in answer.text] == []
        assert "KEN" not in answer.text
        assert kenya.ask(route, person, params={"cursor": cursor}).status_code in REFUSED


@pytest.mark.parametrize("person", ASKING)
@pytest.mark.parametrize(
    "route", [route for route in ABOUT_ONE if "idempotency-key" in route.headers], ids=lambda route: route.words
)
def test_a_key_of_another_member_gives_no_stored_answer(kenya: Kenya, route: Route, person: str) -> None:
    key = {"idempotency-key": MARK}
    assert kenya.ask(route, person, headers=key).status_code in REFUSED
    own = kenya.ask(route, person, administration="UGA", headers=key)
    assert "idempotency-replayed" not in own.headers
    other = kenya.ask(route, person, administration="UGA", headers={"idempotency-key": "another"})
    assert (own.status_code, own.json().get("code")) == (other.status_code, other.json().get("code"))


@pytest.mark.parametrize("person", ASKING)
def test_a_file_that_another_member_has_too_is_news_to_everybody(kenya: Kenya, person: str) -> None:
    path, query = "/c-2024/submissions/UGA/evidence", {"about": "HOURS", "name": "mine.pdf"}
    one = kenya.service.call("POST", path, person, params=query, content=PDF)
    other = kenya.service.call("POST", path, person, params={**query, "name": "b.pdf"}, content=PDF + b"x")
    assert (one.status_code, other.status_code) == (201, 201)
    assert one.json().keys() == other.json().keys()
    assert one.json()["is_new"] is True
    assert MARK not in one.text.replace(f"{MARK}.pdf", "")
    (files,) = kenya.service.rows("select count(*), count(distinct id) from evidence_file where administration = 'UGA'")
    assert tuple(files) == (2, 2)
