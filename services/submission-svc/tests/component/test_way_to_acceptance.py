"""The main job: open, push, submit, accept, with the events about it."""

from datetime import timedelta
from typing import Any


def test_a_submission_comes_from_push_to_acceptance(service: Any, make: Any) -> None:
    pushed = service.push(
        make.figure("DECLARATIONS_ALL", 100),
        make.figure("DECLARATIONS_ALL", 90, 2023),
        {"code": "HOURS", "year": 2024, "state": "missing", "comment": "not measured"},
        {"code": "K-BALANCE", "state": "opted_out", "reason": "National specificities."},
    )
    assert (pushed.status_code, pushed.json()) == (
        200,
        {
            "received": 4,
            "created": 4,
            "updated": 0,
            "removed": 0,
            "unchanged": 0,
            "notes": [],
            "violations": [],
            "warnings": [],
            "unanswered": 1,
            "submission": {"status": "draft", "revision": 0, "tag": "0.1"},
        },
    )
    submitted = service.move("submit", "contact-ken")
    assert (submitted.status_code, submitted.json()["status"], submitted.json()["revision"]) == (200, "submitted", 1)
    accepted = service.move("accept", "secretariat")
    assert (accepted.status_code, accepted.json()["status"], accepted.json()["revision"]) == (200, "accepted", 2)
    assert service.event_types() == ["cycle.opened.v1", "submission.submitted.v1", "submission.accepted.v1"]


def test_the_event_carries_the_whole_state(service: Any, make: Any, framework: Any) -> None:
    service.push(make.figure("HOURS", 3), {"code": "BALANCE", "year": 2024, "state": "missing"})
    service.push({"code": "K-GROWTH", "state": "not_applicable", "reason": "New territory."})
    service.clock.now += timedelta(hours=1)
    service.move("submit", "submitter-ken")
    event = service.events()[-1]
    submission = event["data"]["submission"]
    assert event["subject"] == submission["id"]
    assert event["source"] == "openpmm/submission-svc"
    assert event["data"]["cycle"] == {
        "code": "c-2024",
        "framework": "small",
        "framework_version": "1",
        "framework_digest": framework.digest(),
        "population": "testers",
        "reporting_year": 2024,
        "is_rehearsal": False,
    }
    assert submission | {"id": ""} == {
        "id": "",
        "administration": "KEN",
        "revision": 1,
        "status": "submitted",
        "answers": [
            {"input": "BALANCE", "year": 2024, "value": None, "period": None},
            {"input": "HOURS", "year": 2024, "value": 3.0, "period": None},
        ],
        "claims": [{"kpi": "K-GROWTH", "state": "not_applicable", "reason": "New territory."}],
        "disclosure": {"default": "restricted", "kpis": {}},
        "changed_at": "2025-03-01T13:00:00Z",
        "in_force": None,
    }


def test_what_was_pushed_is_read_back(service: Any, make: Any) -> None:
    service.push(make.figure("HOURS", 3.25, comment="from the port system"))
    read = service.call("GET", "/c-2024/submissions/KEN", "contact-ken").json()
    assert read["counts"] == {"numbers": 1, "missing": 0, "claims": 0}
    said = {"code": "HOURS", "year": 2024, "state": "number", "value": 3.25, "comment": "from the port system"}
    assert read["answers"] == [{**said, "status": None, "reason": None, "period": None}]
    answers = service.call("GET", "/c-2024/submissions/KEN/answers", "secretariat").json()
    assert answers == {"answers": read["answers"], "claims": []}
