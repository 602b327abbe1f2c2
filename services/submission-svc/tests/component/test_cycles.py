"""Opening and closing cycles."""

from typing import Any

import pytest


def test_a_cycle_takes_its_population_from_the_framework(service: Any, framework: Any) -> None:
    assert service.call("GET", "/c-2024").json() == {
        "code": "c-2024",
        "name": {"en": "Cycle"},
        "framework": "small",
        "framework_version": "1",
        "framework_digest": framework.digest(),
        "population": "testers",
        "reporting_year": 2024,
        "opens_on": "2025-01-01",
        "closes_on": "2025-12-31",
        "is_rehearsal": False,
        "status": "open",
        "late_policy": "refused",
        "state": "open",
        "deadline": "2025-12-31",
    }
    event = service.events()[0]
    assert (event["type"], event["subject"]) == ("cycle.opened.v1", "cycle/c-2024")
    assert (event["data"]["opens_on"], event["data"]["status"]) == ("2025-01-01", "open")


def test_the_same_cycle_again_changes_nothing(service: Any) -> None:
    assert service.open_cycle().status_code == 200
    other = service.open_cycle(closes_on="2025-11-30")
    assert (other.status_code, other.json()["code"]) == (409, "cycle.exists")
    assert "planned with another `closes_on` (2025-12-31)." in other.json()["detail"]
    service.close()
    again = service.open_cycle()
    assert (again.status_code, again.json()["status"]) == (200, "closed")
    assert service.event_types() == ["cycle.opened.v1", "cycle.closed.v1"]


def test_closing_twice_is_told_once(service: Any) -> None:
    for _ in range(2):
        assert service.close().json()["status"] == "closed"
    assert service.event_types() == ["cycle.opened.v1", "cycle.closed.v1"]
    assert service.close("c-2025").json()["code"] == "cycle.not_found"


@pytest.mark.parametrize("body", [None, {}, {"reason": None}, {"reason": " "}])
def test_a_cycle_is_not_closed_without_a_reason(service: Any, body: dict[str, Any] | None) -> None:
    answer = service.call("POST", "/c-2024/close", "secretariat", **({} if body is None else {"json": body}))
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert service.call("GET", "/c-2024").json()["status"] == "open"


def test_another_reason_for_a_closed_cycle_is_refused_and_not_lost_in_silence(service: Any) -> None:
    assert service.close(reason="All are in.").status_code == 200
    again = service.close(reason="By order of the council.")
    assert (again.status_code, again.json()["code"]) == (409, "cycle.is_closed")
    assert "yours was not recorded. To close it with yours, reopen it first" in again.json()["detail"]
    reopened = service.call("POST", "/c-2024/reopen", "secretariat", json={"reason": "Another reason."})
    assert (reopened.status_code, service.close(reason="By order of the council.").status_code) == (200, 200)
    trail = service.rows("select detail from audit_entry where action = 'cycle.closed' order by id")
    assert [entry.detail["reason"] for entry in trail] == ["All are in.", "By order of the council."]


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"framework": "other"}, "cycle.unknown_framework", "no version 1 of other"),
        ({"framework_version": "2"}, "cycle.unknown_framework", "no version 2 of small"),
        ({"closes_on": "2024-12-31"}, "cycle.window_invalid", "before it opens on 2025-01-01"),
        ({"code": "C 2024"}, "request.invalid", ""),
        ({"name": {}}, "request.invalid", ""),
        ({"reporting_year": "2024"}, "request.invalid", ""),
        ({"population": "testers"}, "request.invalid", ""),
        ({"framework_version": "1\x00"}, "request.invalid", ""),
    ],
)
def test_a_cycle_that_makes_no_sense_is_refused(service: Any, changes: dict[str, Any], code: str, words: str) -> None:
    answer = service.open_cycle(**{"code": "c-2025", **changes})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert words in answer.json()["detail"]


def test_what_differs_from_a_cycle_that_exists_is_named(service: Any) -> None:
    other = service.open_cycle(name={"en": "Other"}, reporting_year=2023).json()
    assert other["differing"] == ["name", "reporting_year"]
    assert "another `name` (en: Cycle), `reporting_year` (2024)." in other["detail"]


def test_a_framework_that_is_unknown_is_told_with_what_may_be_meant_and_with_wrong_dates(service: Any) -> None:
    answer = service.open_cycle("c-2025", framework="smal", closes_on="2024-12-31").json()
    assert answer["code"] == "cycle.unknown_framework"
    assert [(each["code"], each["pointer"]) for each in answer["errors"]] == [
        ("cycle.unknown_framework", "/framework"),
        ("cycle.window_invalid", "/closes_on"),
    ]
    assert "Did you mean small?" in answer["detail"]
    assert "before it opens on 2025-01-01" in answer["detail"]
    assert "Did you mean version 1?" in service.open_cycle("c-2025", framework_version="2").json()["detail"]


def test_a_catalogue_has_no_cycles(service: Any, make: Any, document: Any) -> None:
    data = {"code": "names", "version": "1", "digest": "sha256:1", "document": {**document, "purpose": "catalogue"}}
    service.hear(make.event("framework.published.v1", data))
    answer = service.open_cycle("c-2025", framework="names")
    assert (answer.status_code, answer.json()["code"]) == (422, "cycle.not_for_scoring")


def test_a_cycle_waits_for_its_register(empty_service: Any, make: Any, framework: Any) -> None:
    empty_service.hear(make.published(framework))
    assert empty_service.open_cycle().json()["code"] == "cycle.unknown_population"
    empty_service.hear(make.register(make.members))
    assert empty_service.open_cycle().status_code == 201


def test_an_older_register_does_not_replace_a_newer_one(service: Any, make: Any) -> None:
    service.hear(make.register({"KEN": "EUR"}, minutes=5, name="New"), make.register({"UGA": "ESA"}, minutes=4))
    assert service.rows("select code, region from administration") == [("KEN", "EUR")]
    assert service.rows("select name from population") == [("New",)]


def test_a_published_version_never_changes(service: Any, make: Any, framework: Any, document: Any) -> None:
    changed = {**document, "inputs": []}
    data = {"code": "small", "version": "1", "digest": "sha256:other", "document": changed}
    service.hear(make.event("framework.published.v1", data), make.event("framework.retired.v9", {"x": 1}))
    assert service.rows("select digest from framework") == [(framework.digest(),)]
