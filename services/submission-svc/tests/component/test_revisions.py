"""Revising what was accepted: it stays in force until the revision is accepted, or everything is withdrawn."""

from datetime import UTC, datetime
from typing import Any

import pytest

ONE = "/c-2024/submissions/KEN"


def state(service: Any) -> dict[str, Any]:
    """The submission in the latest event."""
    submission: dict[str, Any] = service.events()[-1]["data"]["submission"]
    return submission


def values(content: dict[str, Any]) -> list[float]:
    """The figures of a content in an event."""
    return [answer["value"] for answer in content["answers"]]


@pytest.fixture
def accepted(service: Any, make: Any) -> Any:
    """The service with an accepted submission of Kenya: 12.5 hours."""
    service.push(make.figure())
    service.move("submit", "contact-ken")
    service.move("accept", "secretariat")
    return service


@pytest.fixture
def revised(accepted: Any, make: Any) -> Any:
    """The same, opened for changes and pushed into: 20 hours."""
    assert accepted.move("revise", "contact-ken").json()["status"] == "draft"
    assert accepted.push(make.figure(value=20)).status_code == 200
    return accepted


def test_an_accepted_one_takes_changes_once_it_is_opened_and_nobody_is_told(accepted: Any, make: Any) -> None:
    assert accepted.push(make.figure(value=20)).json()["code"] == "submission.locked"
    before = accepted.events()
    opened = accepted.move("revise", "submitter-ken")
    assert (opened.status_code, opened.json()["status"], opened.json()["revision"]) == (200, "draft", 2)
    assert opened.json()["in_force_at"] is not None
    assert accepted.push(make.figure(value=20)).status_code == 200
    assert accepted.events() == before
    again = accepted.move("revise", "submitter-ken")
    assert (again.status_code, again.json()["status"]) == (200, "draft")


def test_a_submitted_revision_is_told_with_what_is_in_force(revised: Any) -> None:
    revised.move("submit", "contact-ken")
    told = state(revised)
    assert (told["status"], values(told), values(told["in_force"])) == ("submitted", [20.0], [12.5])
    revised.move("accept", "secretariat")
    told = state(revised)
    assert (told["status"], values(told), told["in_force"]) == ("accepted", [20.0], None)


def test_a_returned_revision_leaves_in_force_what_was_accepted(revised: Any, make: Any) -> None:
    revised.move("submit", "contact-ken")
    revised.move("return", "secretariat", json={"reason": "Please check."})
    told = state(revised)
    assert (told["status"], values(told["in_force"])) == ("returned", [12.5])
    revised.push(make.figure(value=30))
    revised.call("PUT", f"{ONE}/disclosure", "contact-ken", json={"default": "public"})
    told = state(revised)
    assert (told["status"], values(told), values(told["in_force"])) == ("returned", [12.5], [12.5])


def test_what_is_accepted_and_then_returned_is_not_in_force(accepted: Any) -> None:
    returned = accepted.move("return", "secretariat", json={"reason": "Please check."}).json()
    assert (returned["in_force_at"], state(accepted)["in_force"]) == (None, None)


def test_a_choice_of_disclosure_tells_nothing_of_a_draft_revision(revised: Any) -> None:
    revised.call("PUT", f"{ONE}/disclosure", "contact-ken", json={"default": "public"})
    told = state(revised)
    assert revised.event_types()[-1] == "disclosure.changed.v1"
    assert (told["status"], values(told), told["in_force"]) == ("accepted", [12.5], None)
    assert told["disclosure"]["default"] == "public"


@pytest.mark.parametrize(("steps", "told_value"), [((), 12.5), (("submit",), 20.0)])
def test_withdrawing_takes_everything_back_and_tells_no_draft(
    revised: Any, steps: tuple[str, ...], told_value: float
) -> None:
    for step in steps:
        revised.move(step, "contact-ken")
    answer = revised.move("withdraw", "contact-ken")
    assert (answer.status_code, answer.json()["status"], answer.json()["in_force_at"]) == (200, "withdrawn", None)
    told = state(revised)
    assert (told["status"], values(told), told["in_force"]) == ("withdrawn", [told_value], None)


@pytest.mark.parametrize("step", [(), ("submit",)])
def test_only_an_accepted_one_is_revised(service: Any, make: Any, step: tuple[str, ...]) -> None:
    service.push(make.figure())
    for each in step:
        service.move(each, "contact-ken")
    answer = service.move("revise", "contact-ken")
    assert (answer.status_code, answer.json()["code"]) == (409, "submission.wrong_status")
    assert "cannot become revised; that is possible from accepted" in answer.json()["detail"]


def test_after_the_window_nothing_is_revised(accepted: Any) -> None:
    accepted.clock.now = datetime(2026, 1, 1, tzinfo=UTC)
    answer = accepted.move("revise", "contact-ken")
    assert (answer.status_code, answer.json()["code"]) == (409, "cycle.not_open")


def test_for_others_it_stays_accepted_while_it_is_revised(revised: Any) -> None:
    for _ in range(2):
        read = revised.call("GET", "/c-2024/participation", "contact-uga").json()
        assert [(each["code"], each["status"]) for each in read["administrations"]] == [("KEN", "accepted")]
        assert read["regions"][0]["accepted"] == 1
        revised.move("submit", "contact-ken")


def test_every_way_a_submission_has_come_is_kept(revised: Any) -> None:
    revised.move("submit", "contact-ken")
    revised.move("accept", "secretariat")
    steps = revised.rows("select status, actor from submission_step order by changes")
    assert [(step.status, step.actor) for step in steps] == [
        ("submitted", "contact-ken"),
        ("accepted", "secretariat"),
        ("draft", "contact-ken"),
        ("submitted", "contact-ken"),
        ("accepted", "secretariat"),
    ]
    entries = revised.rows("select action from audit_entry where action = 'submission.revised'")
    assert len(entries) == 1
