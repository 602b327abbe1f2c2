"""Whom an administration wants to be told: who may see and change it, and what is no address."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

PATH = "/c-2024/contacts/KEN"
AMINA = {"email": "amina@customs.example", "name": "Amina Juma", "language": "en"}
BRUNO = {"email": "bruno@customs.example", "name": "Bruno Njoroge", "language": "fr"}
NO_MAIL = {"waiting": 0, "given_up": 0, "last_error": None}


def put(service: Any, *contacts: dict[str, Any], person: str = "contact-ken", path: str = PATH) -> Any:
    """Make these the contacts."""
    return service.call("PUT", path, person, json={"contacts": list(contacts)})


@pytest.mark.parametrize("person", ["contact-ken", "secretariat"])
def test_contacts_are_read_as_they_were_kept(service: Any, person: str) -> None:
    told = put(service, BRUNO, AMINA, person=person)
    expected = {"contacts": [{**AMINA, **NO_MAIL}, {**BRUNO, **NO_MAIL}], "is_mail_sent": False}
    assert (told.status_code, told.json()) == (200, expected)
    assert service.call("GET", PATH, person).json() == expected


def test_contacts_are_replaced_as_a_whole(service: Any) -> None:
    put(service, AMINA, BRUNO)
    assert [each["email"] for each in put(service, BRUNO).json()["contacts"]] == ["bruno@customs.example"]
    assert put(service).json()["contacts"] == []


def test_of_several_who_set_contacts_at_once_one_has_the_last_word(service: Any) -> None:
    lists = [(AMINA,), (BRUNO,), (AMINA, BRUNO)] * 4
    with ThreadPoolExecutor(max_workers=6) as pool:
        answers = list(pool.map(lambda contacts: put(service, *contacts).status_code, lists))
    assert set(answers) == {200}
    (last,) = service.rows("select detail from audit_entry where action = 'contacts.changed' order by id desc limit 1")
    assert len(service.rows("select * from contact")) == last.detail["after"]


def test_the_same_contacts_again_change_nothing_and_the_trail_keeps_no_addresses(service: Any) -> None:
    for _ in range(2):
        put(service, AMINA, BRUNO)
    trail = service.rows("select subject, detail from audit_entry where action = 'contacts.changed'")
    assert [tuple(entry) for entry in trail] == [("c-2024/KEN", {"before": 0, "after": 2})]


@pytest.mark.parametrize(
    "person",
    ["system-ken", "submitter-ken", "contact-uga", "reviewer-ken", "office-esa", "integrator", "loader",
     "contact-ken-elsewhere"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_addresses_of_persons_are_for_nobody_else(service: Any, person: str, method: str) -> None:
    put(service, AMINA)
    options: dict[str, Any] = {"json": {"contacts": []}} if method == "PUT" else {}
    answer = service.call(method, PATH, person, **options)
    assert (answer.status_code, "amina" in answer.text) == (403, False)
    assert service.rows("select email from contact") == [("amina@customs.example",)]


@pytest.mark.parametrize(
    "change",
    [
        {"email": "amina"},
        {"email": "amina@customs"},
        {"email": "a..b@customs.example"},
        {"email": "amina@customs.example\r\nBcc: all@x.example"},
        {"email": "amina@customs.example, all@x.example"},
        {"email": '"a b"@customs.example'},
        {"email": "amina@-customs.example"},
        {"email": "a" * 250 + "@x.example"},
        {"email": "amína@customs.example"},
        {"name": "Amina\nBcc: all@x.example"},
        {"name": "Amina\u2028Juma"},
        {"name": "=?utf-8?q?a=0d=0aBcc:_all=40x.example?="},
        {"email": "=?utf-8?q?=0d=0a?=@x.example"},
        {"name": " "},
        {"language": "de"},
        {"phone": "+254"},
    ],
)
def test_what_is_no_contact_is_refused(service: Any, change: dict[str, str]) -> None:
    answer = put(service, {**AMINA, **change})
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert service.rows("select * from contact") == []


def test_an_address_that_is_there_twice_is_refused_whatever_its_letters(service: Any) -> None:
    answer = put(service, AMINA, {**AMINA, "email": "Amina@customs.example"})
    assert (answer.status_code, answer.json()["code"]) == (422, "contacts.repeated")
    assert [(each["code"], each["pointer"]) for each in answer.json()["errors"]] == [
        ("contacts.repeated_address", "/contacts/0"),
        ("contacts.repeated_address", "/contacts/1"),
    ]


@pytest.mark.parametrize(
    ("path", "code"),
    [("/c-2023/contacts/KEN", "cycle.not_found"), ("/c-2024/contacts/QQQ", "administration.not_found")],
)
def test_contacts_need_a_cycle_and_a_member(service: Any, path: str, code: str) -> None:
    for answer in (put(service, AMINA, path=path, person="secretariat"), service.call("GET", path, "secretariat")):
        assert (answer.status_code, answer.json()["code"]) == (404, code)


def test_contacts_may_be_changed_after_the_cycle_has_closed(service: Any) -> None:
    service.close()
    assert put(service, AMINA).status_code == 200
