"""The past: steps, what changed since it was accepted or returned, and what was known at a moment."""

from datetime import timedelta
from typing import Any

import pytest

ONE = "/c-2024/submissions/KEN"


def figures(answers: list[dict[str, Any]]) -> dict[tuple[str, int], float | None]:
    """Values by input and year."""
    return {(each["code"], each["year"]): each["value"] for each in answers}


def tick(service: Any) -> str:
    """Let an hour pass; the moment just before it has."""
    service.clock.now += timedelta(hours=1)
    moment: str = (service.clock.now - timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    return moment


def difference(service: Any, person: str = "secretariat") -> Any:
    """What has changed."""
    return service.call("GET", f"{ONE}/difference", person).json()


@pytest.fixture
def accepted(service: Any, make: Any) -> Any:
    """The service with an accepted submission of Kenya."""
    claim = {"code": "K-GROWTH", "state": "not_applicable", "reason": "New."}
    service.push(make.figure("HOURS", 10), make.figure("BALANCE", 3), claim)
    service.move("submit", "contact-ken")
    service.move("accept", "secretariat")
    return service


def test_before_anything_was_accepted_there_is_nothing_to_compare_with(service: Any, make: Any) -> None:
    service.push(make.figure())
    assert difference(service) == {"accepted": None, "returned": None}


def test_nothing_changed_says_so(accepted: Any) -> None:
    accepted.move("revise", "contact-ken")
    found = difference(accepted)["accepted"]
    nothing: dict[str, list[Any]] = {"added": [], "changed": [], "removed": []}
    assert (found["nothing_changed"], found["answers"], found["claims"]) == (True, nothing, nothing)


def test_only_what_changed_since_acceptance_is_shown(accepted: Any, make: Any) -> None:
    tick(accepted)
    accepted.move("revise", "contact-ken")
    accepted.push(
        make.figure("HOURS", 11, status="E"),
        make.figure("DECLARATIONS_ALL", 5),
        {"code": "BALANCE", "year": 2024, "state": "none"},
        {"code": "K-GROWTH", "state": "not_applicable", "reason": "Newer."},
        {"code": "K-TIME", "state": "opted_out", "reason": "No."},
    )
    found = difference(accepted)["accepted"]
    assert found["nothing_changed"] is False
    [changed] = found["answers"]["changed"]
    assert (changed["before"]["value"], changed["after"]["value"], changed["after"]["status"]) == (10, 11, "E")
    assert figures(found["answers"]["added"]) == {("DECLARATIONS_ALL", 2024): 5}
    assert figures(found["answers"]["removed"]) == {("BALANCE", 2024): 3}
    [claim] = found["claims"]["changed"]
    assert (claim["before"]["reason"], claim["after"]["reason"]) == ("New.", "Newer.")
    assert [each["code"] for each in found["claims"]["added"]] == ["K-TIME"]


def test_changes_since_the_last_return_are_shown_beside_those_since_acceptance(accepted: Any, make: Any) -> None:
    accepted.move("revise", "contact-ken")
    accepted.push(make.figure("HOURS", 11))
    accepted.move("submit", "contact-ken")
    accepted.move("return", "secretariat", json={"reason": "And the balance?"})
    assert difference(accepted)["returned"]["nothing_changed"] is True
    accepted.push(make.figure("BALANCE", 4))
    found = difference(accepted)
    assert [len(found[name]["answers"]["changed"]) for name in ("accepted", "returned")] == [2, 1]


def test_a_decision_is_no_change_of_the_member(accepted: Any) -> None:
    accepted.move("return", "secretariat", json={"reason": "See the claim."})
    accepted.move("submit", "contact-ken")
    body = {"decision": "refused", "reason": "No."}
    accepted.call("PUT", f"{ONE}/claims/K-GROWTH/decision", "secretariat", json=body)
    found = difference(accepted)
    assert [found[name]["nothing_changed"] for name in ("accepted", "returned")] == [True, True]


def test_steps_tell_how_far_it_has_come_and_why_it_was_returned(accepted: Any) -> None:
    accepted.move("revise", "contact-ken")
    accepted.move("submit", "contact-ken")
    accepted.move("return", "secretariat", json={"reason": "Please check."})
    items = accepted.call("GET", f"{ONE}/steps", "contact-ken").json()["items"]
    assert [(each["status"], each["reason"]) for each in items] == [
        ("submitted", None),
        ("accepted", None),
        ("draft", None),
        ("submitted", None),
        ("returned", "Please check."),
    ]
    assert [each["in_force_at"] is not None for each in items] == [False, True, True, True, True]


def test_a_submission_is_read_as_it_was(service: Any, make: Any) -> None:
    service.push(make.figure("HOURS", 10))
    drafted = tick(service)
    service.push(make.figure("HOURS", 11))
    service.move("submit", "contact-ken")
    submitted = tick(service)
    service.move("accept", "secretariat")
    now = tick(service)
    read = {
        moment: service.call("GET", f"{ONE}?as_of={moment}", "contact-ken").json()
        for moment in (drafted, submitted, now)
    }
    assert [each["status"] for each in read.values()] == ["draft", "submitted", "accepted"]
    assert [figures(each["answers"])["HOURS", 2024] for each in read.values()] == [10, 11, 11]
    assert [each["in_force_at"] is None for each in read.values()] == [True, True, False]


def test_before_it_was_begun_there_was_nothing(service: Any, make: Any) -> None:
    service.push(make.figure())
    answer = service.call("GET", f"{ONE}?as_of=2020-01-01T00:00:00Z", "contact-ken")
    assert (answer.status_code, answer.json()["code"]) == (404, "submission.not_begun_then")
    assert "it was begun on 2025-03-01" in answer.json()["detail"]


@pytest.mark.parametrize("moment", ["2024-01-01T00:00:00", "yesterday", ""])
def test_a_moment_has_a_time_zone(service: Any, make: Any, moment: str) -> None:
    service.push(make.figure())
    answer = service.call("GET", f"{ONE}?as_of={moment}", "contact-ken")
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


def known(service: Any, moment: str | None = None, year: int = 2024, cycle: str = "c-2024") -> dict[str, Any]:
    """What was known about a calendar year: value and cycle by input."""
    options = {"year": year} | ({"as_of": moment} if moment else {})
    read = service.call("GET", f"/{cycle}/submissions/KEN/history", "contact-ken", params=options).json()
    return {each["code"]: (each["value"], each["cycle"]) for each in read["answers"]}


def accept_in(service: Any, cycle: str, *rows: dict[str, Any]) -> None:
    """Push, submit and accept in a cycle."""
    assert service.push(*rows, cycle=cycle).status_code == 200
    for step, person in (("submit", "loader"), ("accept", "secretariat")):
        assert service.call("POST", f"/{cycle}/submissions/KEN/{step}", person).status_code == 200


def test_what_was_known_about_a_year_is_what_was_in_force_then(service: Any, make: Any) -> None:
    service.open_cycle("c-2025", reporting_year=2025)
    begun = tick(service)
    accept_in(service, "c-2024", make.figure("DECLARATIONS_ALL", 100), make.figure("HOURS", 5))
    first = tick(service)
    accept_in(service, "c-2025", make.figure("DECLARATIONS_ALL", 120, 2025), make.figure("DECLARATIONS_ALL", 101, 2024))
    second = tick(service)
    service.call("POST", "/c-2025/submissions/KEN/withdraw", "contact-ken")
    assert known(service, begun) == {}
    assert known(service, first) == {"DECLARATIONS_ALL": (100, "c-2024"), "HOURS": (5, "c-2024")}
    assert known(service, second) == {"DECLARATIONS_ALL": (101, "c-2025"), "HOURS": (5, "c-2024")}
    assert known(service, second, year=2025) == {"DECLARATIONS_ALL": (120, "c-2025")}
    assert known(service) == known(service, first)
    assert known(service, second, cycle="c-2025") == known(service, second)


def test_a_revision_on_its_way_is_not_known_yet(accepted: Any, make: Any) -> None:
    accepted.move("revise", "contact-ken")
    accepted.push(make.figure("HOURS", 99))
    assert known(accepted)["HOURS"] == (10, "c-2024")


def test_rehearsals_are_no_part_of_history(service: Any, make: Any) -> None:
    service.open_cycle("rehearsal", is_rehearsal=True)
    accept_in(service, "rehearsal", make.figure("HOURS", 1))
    assert known(service) == known(service, cycle="rehearsal") == {}


def test_the_history_of_nobody_is_not_found(service: Any) -> None:
    answer = service.call("GET", "/c-2024/submissions/QQQ/history", "secretariat", params={"year": 2024})
    assert (answer.status_code, answer.json()["code"]) == (404, "administration.not_found")
