"""Evidence is seen as the answer that it is about is disclosed, once it is in force."""

from typing import Any
from uuid import uuid4

import pytest

from tests.support.shelf import Shelf, accept


@pytest.fixture
def disclosed(shelf: Shelf, make: Any) -> Shelf:
    """Evidence about all kinds of codes, with K-SHARE and K-TIME public, K-GROWTH for members, K-BALANCE closed."""
    shelf.service.push(make.figure())
    for code in ("K-SHARE", "K-TIME", "K-GROWTH", "K-BALANCE"):
        shelf.add(name=f"{code}.pdf", about=code)
    for code in ("HOURS", "DECLARATIONS_ALL", "DECLARATIONS_ELECTRONIC", "BALANCE", "UNUSED"):
        shelf.add(name=f"{code}.pdf", about=code)
    levels = {"K-SHARE": "public", "K-TIME": "public", "K-GROWTH": "wco"}
    accept(shelf, {"default": "restricted", "kpis": levels})
    return shelf


PUBLIC = {"K-SHARE.pdf", "K-TIME.pdf", "HOURS.pdf"}
# DECLARATIONS_ALL is in K-SHARE and in K-GROWTH: both inputs are shown only where both KPIs are.
MEMBERS = PUBLIC | {"K-GROWTH.pdf", "DECLARATIONS_ALL.pdf", "DECLARATIONS_ELECTRONIC.pdf"}


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        (None, PUBLIC),
        ("system-uga", PUBLIC),
        ("reviewer", PUBLIC),
        ("office-eur", PUBLIC),
        ("contact-uga-elsewhere", PUBLIC),
        ("contact-uga", MEMBERS),
        ("office-esa", MEMBERS),
        ("integrator", MEMBERS),
    ],
)
def test_others_see_evidence_as_the_answer_is_disclosed(disclosed: Shelf, person: str | None, seen: set[str]) -> None:
    assert set(disclosed.names(person)) == seen
    for each in disclosed.get("", "contact-ken").json()["items"]:
        for rest in ("", "/content"):
            answer = disclosed.get(f"/{each['id']}{rest}", person)
            assert answer.status_code == (200 if each["name"] in seen else 404)
            assert each["name"] in seen or answer.json()["code"] == "evidence.not_found"


@pytest.mark.parametrize("person", ["contact-ken", "reader-ken", "secretariat", "reviewer-ken"])
def test_who_reads_the_submission_sees_all_of_it(disclosed: Shelf, person: str) -> None:
    assert len(disclosed.names(person)) == 9


@pytest.mark.parametrize("person", [None, "contact-uga", "office-esa", "integrator"])
def test_before_acceptance_others_see_nothing(shelf: Shelf, make: Any, person: str | None) -> None:
    shelf.service.push(make.figure())
    number = shelf.add().json()["id"]
    disclosure = {"default": "public", "kpis": {}}
    shelf.service.call("PUT", "/c-2024/submissions/KEN/disclosure", "contact-ken", json=disclosure)
    assert shelf.names(person) == []
    shelf.service.move("submit", "contact-ken")
    assert shelf.names(person) == []
    assert shelf.get(f"/{number}", person).status_code == 404


def test_others_see_what_is_in_force_while_a_revision_is_prepared(disclosed: Shelf) -> None:
    opened = disclosed.service.call("POST", "/c-2024/submissions/KEN/revise", "contact-ken")
    assert opened.status_code == 200, opened.text
    for each in disclosed.get("", "contact-ken").json()["items"]:
        disclosed.remove(each["id"])
    disclosed.add(name="new.pdf")
    assert disclosed.names("contact-ken") == ["new.pdf"]
    assert set(disclosed.names(None)) == PUBLIC


def test_a_change_of_disclosure_holds_at_once(disclosed: Shelf) -> None:
    closed = {"default": "restricted", "kpis": {}}
    disclosed.service.call("PUT", "/c-2024/submissions/KEN/disclosure", "contact-ken", json=closed)
    assert disclosed.names("contact-uga") == []


@pytest.mark.parametrize("person", [None, "contact-uga", "office-esa"])
def test_nothing_to_see_and_nothing_there_are_one_answer(shelf: Shelf, make: Any, person: str | None) -> None:
    number, strange = shelf.add().json()["id"], str(uuid4())
    lists = {
        shelf.service.call("GET", f"/c-2024/submissions/{code}/evidence", person).text for code in ("KEN", "RWA", "QQQ")
    }
    assert lists == {'{"items":[]}'}
    for rest in ("", "/content"):
        answers = {
            shelf.service.call("GET", f"/c-2024/submissions/{code}/evidence/{one}{rest}", person).text.replace(one, "")
            for code in ("KEN", "RWA", "QQQ")
            for one in (number, strange)
        }
        assert len(answers) == 1


def test_the_past_is_for_those_who_read_the_submission(disclosed: Shelf) -> None:
    moment = {"as_of": disclosed.service.clock.now.isoformat()}
    assert disclosed.get("", "contact-uga", params=moment).status_code == 403
    assert disclosed.get("", "contact-ken", params={"as_of": "2025-03-01T12:00:00"}).status_code == 422


def test_evidence_of_a_rehearsal_is_for_its_member_only(shelf: Shelf, make: Any) -> None:
    shelf.service.open_cycle("rehearsal", is_rehearsal=True)
    assert shelf.service.push(make.figure(), person="loader", cycle="rehearsal").status_code == 200
    assert shelf.add(cycle="rehearsal").status_code == 201
    path = "/rehearsal/submissions/KEN"
    shelf.service.call("PUT", f"{path}/disclosure", "contact-ken", json={"default": "public", "kpis": {}})
    for step in ("submit", "accept"):
        assert shelf.service.call("POST", f"{path}/{step}", "loader").status_code == 200
    seen = {
        person: len(shelf.service.call("GET", f"{path}/evidence", person).json().get("items", []))
        for person in ("contact-ken", "secretariat", "contact-uga", "integrator", None)
    }
    assert seen == {"contact-ken": 1, "secretariat": 1, "contact-uga": 0, "integrator": 0, None: 0}
