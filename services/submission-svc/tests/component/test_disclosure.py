"""Who may see what: the member's choice, at any time, with an event once others rely on it."""

from datetime import UTC, datetime
from typing import Any

import pytest

PATH = "/c-2024/submissions/KEN/disclosure"


@pytest.fixture
def draft(service: Any, make: Any) -> Any:
    """The service with a draft of Kenya."""
    service.push(make.figure())
    return service


def test_everything_is_restricted_until_the_member_opens_it(draft: Any) -> None:
    assert draft.call("GET", PATH, "contact-ken").json() == {"default": "restricted", "kpis": {}}


def test_a_choice_is_kept_and_told_with_the_submission(draft: Any) -> None:
    chosen = {"default": "wco", "kpis": {"K-SHARE": "public", "K-TIME": "restricted"}}
    answer = draft.call("PUT", PATH, "contact-ken", json=chosen)
    assert (answer.status_code, answer.json()) == (200, chosen)
    assert draft.event_types() == ["cycle.opened.v1"]
    draft.move("submit", "contact-ken")
    assert draft.events()[-1]["data"]["submission"]["disclosure"] == chosen
    assert draft.call("GET", "/c-2024/submissions/KEN", "system-ken").json()["disclosure"] == chosen


@pytest.mark.parametrize(("steps", "status"), [(("submit",), "submitted"), (("submit", "accept"), "accepted")])
def test_a_later_change_is_told_with_a_later_revision(draft: Any, steps: tuple[str, ...], status: str) -> None:
    for step in steps:
        draft.move(step, "secretariat" if step == "accept" else "contact-ken")
    draft.close()
    for _ in range(2):
        assert draft.call("PUT", PATH, "submitter-ken", json={"default": "public"}).status_code == 200
    assert draft.event_types().count("disclosure.changed.v1") == 1
    submission = draft.events()[-1]["data"]["submission"]
    assert (submission["revision"], submission["status"]) == (len(steps) + 1, status)
    assert submission["disclosure"] == {"default": "public", "kpis": {}}
    assert len(submission["answers"]) == 1


def test_unknown_kpis_are_all_named(draft: Any) -> None:
    body = {"default": "public", "kpis": {"K-SHAER": "wco", "HOURS": "wco", "K-TIME": "wco"}}
    answer = draft.call("PUT", PATH, "contact-ken", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "disclosure.unknown_kpis")
    assert {each["code"] for each in answer.json()["errors"]} == {"disclosure.unknown_kpi"}
    assert [(error["pointer"], error.get("hint")) for error in answer.json()["errors"]] == [
        ("/kpis/K-SHAER", "Did you mean K-SHARE?"),
        ("/kpis/HOURS", None),
    ]
    assert draft.call("GET", PATH, "contact-ken").json()["default"] == "restricted"


@pytest.mark.parametrize("body", [{"default": "secret"}, {"kpis": {"K-TIME": "open"}}, {"levels": {}}, []])
def test_levels_are_the_three_that_there_are(draft: Any, body: Any) -> None:
    answer = draft.call("PUT", PATH, "contact-ken", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


@pytest.mark.parametrize(
    "chosen", [{"default": "wco", "kpis": {"K-TIME": "public"}}, {"default": "restricted", "kpis": {}}]
)
def test_a_choice_before_any_push_begins_the_draft(service: Any, make: Any, chosen: dict[str, Any]) -> None:
    answer = service.call("PUT", PATH, "contact-ken", json=chosen)
    assert (answer.status_code, answer.json()) == (200, chosen)
    read = service.call("GET", "/c-2024/submissions/KEN", "contact-ken").json()
    assert (read["status"], read["revision"], read["disclosure"]) == ("draft", 0, chosen)
    assert service.event_types() == ["cycle.opened.v1"]
    assert service.rows("select action from audit_entry order by id")[-1].action == "disclosure.changed"
    before = service.table("submission"), service.table("audit_entry")
    assert service.call("PUT", PATH, "contact-ken", json=chosen).status_code == 200
    assert (service.table("submission"), service.table("audit_entry")) == before
    pushed = service.push(make.figure()).json()["submission"]
    assert (pushed["status"], pushed["revision"]) == ("draft", 0)
    service.move("submit", "contact-ken")
    assert service.events()[-1]["data"]["submission"]["disclosure"] == chosen


def test_a_draft_that_a_choice_began_holds_nothing_to_submit(service: Any) -> None:
    service.call("PUT", PATH, "contact-ken", json={"default": "public"})
    assert service.move("submit", "contact-ken").json()["code"] == "submission.empty"


def test_a_choice_begins_a_draft_only_where_a_push_may(service: Any, make: Any) -> None:
    outside = service.call("PUT", "/c-2024/submissions/ATL/disclosure", "contact-atl", json={"default": "public"})
    assert (outside.status_code, outside.json()["code"]) == (404, "administration.not_found")
    unknown = service.call("PUT", PATH, "contact-ken", json={"kpis": {"K-NONE": "public"}})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "disclosure.unknown_kpis")
    service.close()
    late = service.call("PUT", PATH, "contact-ken", json={"default": "public"})
    assert (late.status_code, late.json()["code"]) == (409, "cycle.closed")
    assert service.rows("select * from submission") == []


def test_after_the_window_a_choice_begins_nothing(service: Any) -> None:
    service.clock.now = datetime(2026, 1, 1, tzinfo=UTC)
    late = service.call("PUT", PATH, "contact-ken", json={"default": "public"})
    assert (late.status_code, late.json()["code"]) == (409, "cycle.not_open")


def test_who_expects_a_state_begins_nothing(service: Any) -> None:
    for tag in ('"0.0"', "*"):
        answer = service.call("PUT", PATH, "contact-ken", json={"default": "wco"}, headers={"if-match": tag})
        assert (answer.status_code, answer.json()["code"]) == (404, "submission.not_found")
        assert "first push, or choice of disclosure," in answer.json()["detail"]
