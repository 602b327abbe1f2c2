"""Deadlines, extensions and late submissions; closing and reopening with reasons."""

from datetime import UTC, datetime
from typing import Any

import pytest

AFTER = datetime(2026, 1, 5, 9, tzinfo=UTC)
EXTENSION = "/c-2024/extensions/KEN"


def extend(service: Any, until: str = "2026-01-10", **options: Any) -> Any:
    """Let Kenya submit longer."""
    body = {"until": until, "reason": "Elections."}
    return service.call("PUT", options.pop("path", EXTENSION), "secretariat", json=body)


def take_back(service: Any, **query: str) -> Any:
    """Take Kenya's extension back."""
    return service.call("DELETE", EXTENSION, "secretariat", params=query)


def standing(service: Any, person: str | None = None, cycle: str = "c-2024") -> tuple[str, str]:
    """State and deadline as the person reads them, once by its address and once in the list."""
    one = service.call("GET", f"/{cycle}", person).json()
    assert one in service.call("GET", "", person).json()["items"]
    return one["state"], one["deadline"]


@pytest.mark.parametrize(
    ("changes", "day", "state"),
    [
        ({}, datetime(2024, 12, 31, tzinfo=UTC), "not_open_yet"),
        ({}, datetime(2025, 1, 1, tzinfo=UTC), "open"),
        ({}, datetime(2025, 12, 31, 23, 59, tzinfo=UTC), "open"),
        ({}, AFTER, "ended"),
        ({"late_policy": "accepted_late"}, AFTER, "late"),
    ],
)
def test_a_cycle_says_where_it_stands(service: Any, changes: dict[str, Any], day: datetime, state: str) -> None:
    assert service.open_cycle("c-2025", **changes).status_code == 201
    service.clock.now = day
    assert standing(service, cycle="c-2025") == (state, "2025-12-31")


def test_after_the_deadline_nothing_is_taken_unless_the_cycle_says_so(service: Any, make: Any) -> None:
    service.push(make.figure())
    service.clock.now = AFTER
    answers = [service.push(make.figure(value=2)), service.move("submit", "contact-ken")]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(409, "cycle.not_open")}
    assert "from 2025-01-01 to 2025-12-31 (UTC); today is 2026-01-05" in answers[0].json()["detail"]


def test_late_submissions_are_taken_and_marked_where_the_cycle_says_so(service: Any, make: Any) -> None:
    service.close()
    service.open_cycle("late", late_policy="accepted_late")
    for member, day in {"UGA": service.clock.now, "KEN": AFTER}.items():
        service.clock.now = day
        assert service.push(make.figure(), member=member, person="loader", cycle="late").status_code == 200
        assert service.call("POST", f"/late/submissions/{member}/submit", "loader").status_code == 200
    assert service.rows("select administration, is_late from submission order by 1") == [("KEN", True), ("UGA", False)]
    listed = service.call("GET", "/late/submissions", "secretariat").json()["items"]
    assert {each["administration"]: each["is_late"] for each in listed} == {"KEN": True, "UGA": False}
    service.close("late")
    answer = service.push(make.figure(), member="RWA", person="loader", cycle="late")
    assert answer.json()["code"] == "cycle.closed"


def test_an_extension_moves_the_deadline_of_one_member(service: Any, make: Any) -> None:
    assert extend(service).json() == {"administration": "KEN", "until": "2026-01-10", "reason": "Elections."}
    service.clock.now = AFTER
    assert standing(service, "contact-ken") == ("open", "2026-01-10")
    for person in (None, "contact-uga", "contact-ken-elsewhere", "secretariat"):
        assert standing(service, person) == ("ended", "2025-12-31")
    assert service.push(make.figure()).status_code == 200
    assert service.move("submit", "contact-ken").status_code == 200
    assert service.push(make.figure(), member="UGA", person="system-uga").json()["code"] == "cycle.not_open"
    assert service.rows("select is_late from submission") == [(False,)]


def test_a_member_with_an_extension_may_begin_with_its_disclosure(service: Any) -> None:
    extend(service)
    service.clock.now = AFTER
    path, body = "/c-2024/submissions/{}/disclosure", {"default": "wco"}
    assert service.call("PUT", path.format("KEN"), "contact-ken", json=body).status_code == 200
    assert service.call("PUT", path.format("UGA"), "contact-uga", json=body).json()["code"] == "cycle.not_open"


def test_a_push_for_many_needs_the_window_of_each(service: Any, make: Any) -> None:
    extend(service)
    service.clock.now = AFTER
    for members, status in ((["KEN"], 200), (["KEN", "UGA"], 409), ([], 409)):
        rows = [make.figure(administration=member) for member in members] or [make.figure(administration="QQQ")]
        assert service.call("POST", "/c-2024/answers", "loader", json={"answers": rows}).status_code == status


def test_an_extension_may_be_changed_and_taken_back(service: Any, make: Any) -> None:
    for until in ("2026-01-10", "2026-01-10", "2026-01-06"):
        assert extend(service, until).status_code == 200
    for _ in range(2):
        assert take_back(service, reason="It was for Uganda.").status_code == 204
    assert service.call("GET", EXTENSION, "contact-ken").json()["code"] == "extension.not_found"
    service.clock.now = AFTER
    assert service.push(make.figure()).json()["code"] == "cycle.not_open"
    trail = service.rows("select action, detail from audit_entry where action like 'extension.%' order by id")
    assert [tuple(entry) for entry in trail] == [
        ("extension.granted", {"until": "2026-01-10", "reason": "Elections.", "before": None}),
        ("extension.granted", {"until": "2026-01-06", "reason": "Elections.", "before": "2026-01-10"}),
        ("extension.withdrawn", {"until": "2026-01-06", "reason": "It was for Uganda."}),
    ]


@pytest.mark.parametrize("query", [{}, {"reason": ""}, {"reason": " "}])
def test_an_extension_is_not_taken_back_without_a_reason(service: Any, query: dict[str, str]) -> None:
    extend(service)
    answer = take_back(service, **query)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert service.call("GET", EXTENSION, "contact-ken").status_code == 200


@pytest.mark.parametrize(
    ("path", "until", "status", "code"),
    [
        (EXTENSION, "2025-12-31", 422, "extension.too_early"),
        (EXTENSION, "not a day", 422, "request.invalid"),
        ("/c-2024/extensions/QQQ", "2026-01-10", 404, "administration.not_found"),
        ("/c-2023/extensions/KEN", "2026-01-10", 404, "cycle.not_found"),
    ],
)
def test_an_extension_that_makes_no_sense_is_refused(
    service: Any, path: str, until: str, status: int, code: str
) -> None:
    answer = extend(service, until, path=path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_an_extension_that_has_passed_already_is_refused(service: Any) -> None:
    service.clock.now = AFTER
    assert "today is 2026-01-05" in extend(service, "2026-01-04").json()["detail"]


@pytest.mark.parametrize(
    ("person", "seen"),
    [("secretariat", ["KEN", "UGA"]), ("contact-ken", ["KEN"]), ("reviewer-ken", ["KEN"]), ("loader", [])],
)
def test_a_member_sees_its_own_extension(service: Any, person: str, seen: list[str]) -> None:
    extend(service)
    extend(service, path="/c-2024/extensions/UGA")
    listed = service.call("GET", "/c-2024/extensions", person).json()["items"]
    assert [each["administration"] for each in listed] == seen


def test_closing_and_reopening_keep_their_reasons(service: Any, make: Any) -> None:
    service.close(reason="All are in.")
    assert standing(service) == ("closed", "2025-12-31")
    body = {"reason": "Two wish to correct.", "closes_on": "2026-02-01"}
    for _ in range(2):
        answer = service.call("POST", "/c-2024/reopen", "secretariat", json=body)
        assert (answer.status_code, answer.json()["status"], answer.json()["closes_on"]) == (200, "open", "2026-02-01")
    service.clock.now = AFTER
    assert service.push(make.figure()).status_code == 200
    trail = service.rows("select action, detail from audit_entry where action like 'cycle.%' order by id")
    assert [tuple(entry) for entry in trail][1:] == [
        ("cycle.closed", {"reason": "All are in."}),
        ("cycle.reopened", {"reason": "Two wish to correct.", "closes_on": "2026-02-01"}),
    ]


def test_others_hear_that_a_reopened_cycle_is_open_with_its_new_window(service: Any) -> None:
    service.close()
    service.call("POST", "/c-2024/reopen", "secretariat", json={"reason": "?", "closes_on": "2026-02-01"})
    assert service.event_types() == ["cycle.opened.v1", "cycle.closed.v1", "cycle.opened.v1"]
    told = service.events()[-1]["data"]
    assert (told["status"], told["opens_on"], told["closes_on"]) == ("open", "2025-01-01", "2026-02-01")


def test_a_reopened_cycle_is_still_the_same_when_it_is_opened_again(service: Any) -> None:
    service.close()
    service.call("POST", "/c-2024/reopen", "secretariat", json={"reason": "?", "closes_on": "2026-02-01"})
    again = service.open_cycle()
    assert (again.status_code, again.json()["closes_on"]) == (200, "2026-02-01")
    assert service.open_cycle(closes_on="2026-02-01").json()["code"] == "cycle.exists"


@pytest.mark.parametrize(
    ("day", "body", "code"),
    [
        (AFTER, {"reason": "?"}, "cycle.window_passed"),
        (AFTER, {"reason": "?", "closes_on": "2026-01-04"}, "cycle.window_passed"),
        (datetime(2024, 1, 1, tzinfo=UTC), {"reason": "?", "closes_on": "2024-02-01"}, "cycle.window_invalid"),
        (AFTER, {"closes_on": "2026-02-01"}, "request.invalid"),
    ],
)
def test_a_reopening_that_opens_nothing_is_refused(
    service: Any, day: datetime, body: dict[str, Any], code: str
) -> None:
    service.close()
    service.clock.now = day
    answer = service.call("POST", "/c-2024/reopen", "secretariat", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert service.rows("select status from cycle") == [("closed",)]


def test_an_open_cycle_is_not_moved_by_reopening_it(service: Any) -> None:
    answer = service.call("POST", "/c-2024/reopen", "secretariat", json={"reason": "?", "closes_on": "2026-02-01"})
    assert (answer.status_code, answer.json()["code"]) == (409, "cycle.is_open")
    assert service.call("POST", "/c-2023/reopen", "secretariat", json={"reason": "?"}).status_code == 404


def test_a_closed_cycle_takes_no_extensions_and_closing_ends_those_it_has(service: Any, make: Any) -> None:
    assert extend(service).status_code == 200
    service.close()
    assert service.call("GET", "/c-2024/extensions", "secretariat").json()["items"] == []
    refused = extend(service)
    assert (refused.status_code, refused.json()["code"]) == (409, "cycle.closed")
    assert "Reopen it first" in refused.json()["detail"]
    service.call("POST", "/c-2024/reopen", "secretariat", json={"reason": "?"})
    service.clock.now = AFTER
    assert service.push(make.figure()).json()["code"] == "cycle.not_open"
    (closed,) = service.rows("select detail from audit_entry where action = 'cycle.closed'")
    assert closed.detail == {"reason": "All are in.", "extensions_ended": ["KEN"]}


@pytest.mark.parametrize(("policy", "state"), [("refused", "ended"), ("accepted_late", "late")])
def test_a_cycle_past_its_last_day_is_reopened_until_a_later_one(
    service: Any, make: Any, policy: str, state: str
) -> None:
    service.open_cycle("over", late_policy=policy)
    extend(service, "2026-03-01", path="/over/extensions/KEN")
    service.clock.now = AFTER
    assert standing(service, cycle="over") == (state, "2025-12-31")
    for _ in range(2):
        body = {"reason": "A flood.", "closes_on": "2026-02-01"}
        answer = service.call("POST", "/over/reopen", "secretariat", json=body)
        assert (answer.status_code, answer.json()["state"], answer.json()["closes_on"]) == (200, "open", "2026-02-01")
    assert service.push(make.figure(), member="UGA", person="system-uga", cycle="over").status_code == 200
    assert standing(service, "contact-ken", "over") == ("open", "2026-03-01")
    assert len(service.rows("select from audit_entry where action = 'cycle.reopened'")) == 1
    assert service.open_cycle("over", late_policy=policy).status_code == 200, "it is still the same plan"


def test_a_cycle_past_its_last_day_is_not_reopened_without_a_later_one(service: Any) -> None:
    service.clock.now = AFTER
    for body in ({"reason": "?"}, {"reason": "?", "closes_on": "2026-01-04"}):
        answer = service.call("POST", "/c-2024/reopen", "secretariat", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "cycle.window_passed")
    assert service.event_types() == ["cycle.opened.v1"]
