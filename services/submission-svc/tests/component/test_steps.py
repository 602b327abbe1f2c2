"""From draft to accepted and back: every step from every state, with its event or its refusal."""

from datetime import UTC, datetime
from typing import Any

import pytest

RETURN: dict[str, Any] = {"json": {"reason": "Please check the year before."}}
STEPS: dict[str, tuple[str, dict[str, Any]]] = {
    "submit": ("contact-ken", {}),
    "accept": ("secretariat", {}),
    "return": ("secretariat", RETURN),
    "withdraw": ("submitter-ken", {}),
}
WAY = {
    "draft": (),
    "submitted": ("submit",),
    "accepted": ("submit", "accept"),
    "returned": ("submit", "return"),
    "withdrawn": ("submit", "withdraw"),
}
ALLOWED = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("withdrawn", "submit"): "submitted",
    ("submitted", "submit"): "submitted",
    ("submitted", "accept"): "accepted",
    ("accepted", "accept"): "accepted",
    ("submitted", "return"): "returned",
    ("accepted", "return"): "returned",
    ("submitted", "withdraw"): "withdrawn",
    ("accepted", "withdraw"): "withdrawn",
    ("returned", "return"): "returned",
    ("withdrawn", "withdraw"): "withdrawn",
}


def take(service: Any, step: str) -> Any:
    """Take a step as somebody who may."""
    person, options = STEPS[step]
    return service.move(step, person, **options)


@pytest.fixture
def draft(service: Any, make: Any) -> Any:
    """The service with a draft of Kenya."""
    service.push(make.figure())
    return service


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", WAY)
def test_each_step_from_each_state(draft: Any, status: str, step: str) -> None:
    for earlier in WAY[status]:
        take(draft, earlier)
    before = len(draft.events())
    answer = take(draft, step)
    becomes = ALLOWED.get((status, step))
    if becomes is None:
        assert (answer.status_code, answer.json()["code"]) == (409, "submission.wrong_status")
        assert f"submission that is {status} cannot become" in answer.json()["detail"]
    else:
        assert (answer.status_code, answer.json()["status"]) == (200, becomes)
    changed = becomes is not None and becomes != status
    assert len(draft.events()) == before + changed
    if changed:
        event = draft.events()[-1]
        assert (event["type"], event["data"]["submission"]["status"]) == (f"submission.{becomes}.v1", becomes)
        assert event["data"]["submission"]["revision"] == answer.json()["revision"] == len(WAY[status]) + 1


def test_what_was_returned_is_not_returned_for_another_reason(draft: Any) -> None:
    for step in WAY["returned"]:
        take(draft, step)
    answer = draft.move("return", "secretariat", json={"reason": "And another one."})
    assert (answer.status_code, answer.json()["code"]) == (409, "submission.wrong_status")


def test_an_empty_submission_cannot_be_submitted(draft: Any) -> None:
    with draft.engine.begin() as connection:
        connection.exec_driver_sql("delete from answer")
    answer = draft.move("submit", "contact-ken")
    assert (answer.status_code, answer.json()["code"]) == (409, "submission.empty")
    assert "Push answers or claims first" in answer.json()["detail"]


def test_claims_alone_can_be_submitted(service: Any) -> None:
    service.push({"code": "K-TIME", "state": "opted_out", "reason": "Because."})
    assert service.move("submit", "contact-ken").status_code == 200


def test_nothing_can_be_submitted_that_was_never_begun(service: Any) -> None:
    answer = service.move("submit", "contact-ken")
    assert (answer.status_code, answer.json()["code"]) == (404, "submission.not_found")
    assert "first push" in answer.json()["detail"]


def test_after_closing_nothing_is_submitted_but_accepted_and_withdrawn(draft: Any) -> None:
    draft.move("submit", "contact-ken")
    draft.push({"code": "HOURS", "year": 2024, "value": 1}, member="UGA", person="system-uga")
    draft.close()
    late = draft.move("submit", "contact-uga", member="UGA")
    assert (late.status_code, late.json()["code"]) == (409, "cycle.closed")
    assert draft.move("submit", "contact-ken").status_code == 200
    assert draft.move("accept", "secretariat").status_code == 200
    assert draft.move("withdraw", "contact-ken").status_code == 200


def test_after_the_window_nothing_is_submitted(draft: Any) -> None:
    draft.clock.now = datetime(2026, 1, 1, tzinfo=UTC)
    answer = draft.move("submit", "contact-ken")
    assert (answer.status_code, answer.json()["code"]) == (409, "cycle.not_open")


def test_the_reason_of_a_return_reaches_the_member_and_goes_with_the_next_submission(draft: Any) -> None:
    draft.move("submit", "contact-ken")
    assert draft.move("return", "secretariat", **RETURN).json()["return_reason"] == RETURN["json"]["reason"]
    read = draft.call("GET", "/c-2024/submissions/KEN", "contact-ken").json()
    assert (read["status"], read["return_reason"]) == ("returned", RETURN["json"]["reason"])
    draft.move("submit", "contact-ken")
    assert draft.call("GET", "/c-2024/submissions/KEN", "contact-ken").json()["return_reason"] is None


@pytest.mark.parametrize("body", [{}, {"reason": "  "}, {"reason": "a\x00"}, {"reason": "x", "why": 1}])
def test_a_return_needs_a_reason(draft: Any, body: dict[str, Any]) -> None:
    draft.move("submit", "contact-ken")
    assert draft.move("return", "secretariat", json=body).status_code == 422


def test_the_audit_trail_tells_everything_but_values(draft: Any) -> None:
    draft.push({"code": "HOURS", "year": 2024, "value": 4242.4242})
    for step in ("submit", "accept", "return"):
        take(draft, step)
    entries = draft.rows("select actor, action, subject, detail from audit_entry order by id")
    assert [(entry.actor, entry.action, entry.subject) for entry in entries] == [
        ("secretariat", "cycle.opened", "c-2024"),
        ("system-ken", "answers.pushed", "c-2024/KEN"),
        ("system-ken", "answers.pushed", "c-2024/KEN"),
        ("contact-ken", "submission.submitted", "c-2024/KEN"),
        ("secretariat", "submission.accepted", "c-2024/KEN"),
        ("secretariat", "submission.returned", "c-2024/KEN"),
    ]
    assert "4242" not in str(entries)
    assert entries[3].detail["content_digest"] == entries[4].detail["content_digest"]
    assert entries[3].detail["answers"] == 1
    assert [entry.detail.get("reason") for entry in entries[3:]] == [None, None, RETURN["json"]["reason"]]


def test_the_audit_trail_tells_levels_before_and_after(draft: Any) -> None:
    path = "/c-2024/submissions/KEN/disclosure"
    take(draft, "submit")
    take(draft, "return")
    for kpis in ({"K-TIME": "public"}, {"K-SHARE": "wco"}, {"K-SHARE": "wco"}):
        draft.call("PUT", path, "contact-ken", json={"default": "wco", "kpis": kpis})
    details = [row.detail for row in draft.rows("select detail from audit_entry order by id")][-2:]
    assert [detail["disclosure"] for detail in details] == [
        {"before": {"default": "restricted", "kpis": {}}, "after": {"default": "wco", "kpis": {"K-TIME": "public"}}},
        {
            "before": {"default": "wco", "kpis": {"K-TIME": "public"}},
            "after": {"default": "wco", "kpis": {"K-SHARE": "wco"}},
        },
    ]
    assert ["reason" in detail for detail in details] == [False, False]


def test_a_return_says_whether_the_member_can_mend_it(draft: Any) -> None:
    draft.move("submit", "contact-ken")
    told = draft.move("return", "secretariat", **RETURN).json()
    assert (told["can_be_mended"], told["what_to_do"]) == (True, None)
    draft.move("submit", "contact-ken")
    draft.clock.now = datetime(2026, 1, 1, tzinfo=UTC)
    told = draft.move("return", "secretariat", **RETURN).json()
    assert (told["status"], told["can_be_mended"]) == ("returned", False)
    assert "Extend its deadline (PUT .../extensions/KEN), or reopen the cycle" in told["what_to_do"]


def test_a_return_within_an_extension_can_be_mended_and_one_in_a_closed_cycle_cannot(draft: Any) -> None:
    body = {"until": "2026-01-10", "reason": "?"}
    draft.call("PUT", "/c-2024/extensions/KEN", "secretariat", json=body)
    draft.clock.now = datetime(2026, 1, 1, tzinfo=UTC)
    draft.move("submit", "contact-ken")
    assert draft.move("return", "secretariat", **RETURN).json()["can_be_mended"] is True
    draft.move("submit", "contact-ken")
    draft.close()
    told = draft.move("return", "secretariat", **RETURN).json()
    assert (told["status"], told["can_be_mended"]) == ("returned", False)
    assert "the cycle c-2024 is closed. Reopen it" in told["what_to_do"]


def test_submissions_are_listed_by_status(draft: Any) -> None:
    draft.push({"code": "HOURS", "year": 2024, "value": 1}, member="UGA", person="system-uga")
    draft.move("submit", "contact-ken")

    def listed(wanted: str, person: str = "secretariat") -> list[str]:
        items = draft.call("GET", f"/c-2024/submissions{wanted}", person).json()["items"]
        return [each["administration"] for each in items]

    assert listed("") == ["KEN", "UGA"]
    assert listed("?status=submitted") == ["KEN"]
    assert listed("?status=accepted") == []
    assert listed("?status=submitted&status=draft") == ["KEN", "UGA"]
    assert listed("?status=draft", "contact-ken") == []
    wrong = draft.call("GET", "/c-2024/submissions?status=submited", "secretariat")
    assert (wrong.status_code, wrong.json()["errors"][0]["hint"]) == (422, "Did you mean submitted?")
