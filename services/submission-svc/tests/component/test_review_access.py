"""Every route of review as every person: who gets in, and that a member gets nothing of another one."""

from typing import Any

import pytest

ONE = "/c-2024/submissions/KEN"
KENYA = {"contact-ken", "system-ken", "submitter-ken", "reader-ken"}
MAY_SUBMIT = {"contact-ken", "submitter-ken", "loader"}
READERS = {"secretariat", "reviewer-ken"} | KENYA
OUTSIDERS = ("contact-uga", "system-uga", "reviewer", "office-esa", "office-eur", "integrator")
EVERYONE = (None, "secretariat", "reviewer-ken", "loader", *sorted(KENYA), *OUTSIDERS)
DECISION = {"decision": "refused", "reason": "No."}
THREAD = "6f1d1a2e-0000-4000-8000-000000000001"
ROUTES: dict[tuple[str, str], tuple[set[str], Any]] = {
    ("POST", "/revise"): (MAY_SUBMIT, None),
    ("PUT", "/claims/K-TIME/decision"): ({"secretariat"}, DECISION),
    ("GET", "/threads"): (READERS, None),
    ("POST", "/threads"): ({"secretariat", "contact-ken"}, {"about": {"kind": "submission"}, "text": "Hello."}),
    ("POST", f"/threads/{THREAD}/comments"): ({"secretariat", "contact-ken"}, {"text": "Hello."}),
    ("POST", f"/threads/{THREAD}/resolve"): ({"secretariat", "contact-ken"}, None),
    ("POST", f"/threads/{THREAD}/reopen"): ({"secretariat", "contact-ken"}, None),
    ("GET", "/warnings"): (READERS, None),
    ("PUT", "/warnings"): (
        {"contact-ken", "system-ken", "submitter-ken", "loader"},
        {"reasons": [{"id": "rule:X", "code": "confirmed"}]},
    ),
    ("GET", "/as-seen-by?role=no_token"): (READERS, None),
    ("GET", "/steps"): (READERS, None),
    ("GET", "/difference"): (READERS, None),
    ("GET", "/kpis"): (READERS, None),
    ("GET", "/history?year=2024"): (READERS, None),
    ("GET", "?as_of=2025-03-01T12:00:00Z"): (READERS, None),
}


def ask(service: Any, method: str, rest: str, person: str | None, member: str = "KEN") -> Any:
    """Ask as a person."""
    body = ROUTES[method, rest][1]
    options = {} if body is None else {"json": body}
    return service.call(method, f"/c-2024/submissions/{member}{rest}", person, **options)


@pytest.fixture
def reviewed(service: Any, make: Any) -> Any:
    """The service with submissions of Kenya and Uganda."""
    for member, person in (("KEN", "system-ken"), ("UGA", "system-uga")):
        service.push(
            make.figure("BALANCE"),
            {"code": "K-TIME", "state": "not_applicable", "reason": "No."},
            member=member,
            person=person,
        )
        service.move("submit", f"contact-{member.lower()}", member=member)
    return service


@pytest.mark.parametrize(("method", "rest"), ROUTES)
def test_who_gets_in(reviewed: Any, method: str, rest: str) -> None:
    status = {person: ask(reviewed, method, rest, person).status_code for person in EVERYONE}
    assert {person for person in EVERYONE if status[person] not in (401, 403)} == ROUTES[method, rest][0]
    assert [person for person in EVERYONE if status[person] == 401] == [None]


@pytest.mark.parametrize(("method", "rest"), ROUTES)
@pytest.mark.parametrize("person", ["system-uga", "contact-uga", "contact-ken-elsewhere", "submitter-ken-elsewhere"])
def test_a_stranger_is_told_the_same_whether_there_is_something_or_not(
    reviewed: Any, method: str, rest: str, person: str
) -> None:
    members = ("KEN", "RWA", "QQQ")
    before = reviewed.table("submission"), reviewed.table("claim"), reviewed.table("audit_entry")
    answers = [ask(reviewed, method, rest, person, member) for member in members]
    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.text for answer in answers}) == 1
    assert (reviewed.table("submission"), reviewed.table("claim"), reviewed.table("audit_entry")) == before
