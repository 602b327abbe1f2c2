"""Threads of review: between the secretariat and the contact point, KPI by KPI, through returns and acceptances."""

from typing import Any

import pytest

ONE = "/c-2024/submissions/KEN"
KPI = {"kind": "kpi", "code": "K-TIME"}


def open_thread(service: Any, person: str = "secretariat", about: Any = None, text: str = "Why so slow?") -> Any:
    """Open a thread."""
    return service.call("POST", f"{ONE}/threads", person, json={"about": about or KPI, "text": text})


def act(service: Any, thread: str, rest: str, person: str = "contact-ken", **options: Any) -> Any:
    """Comment, resolve or reopen."""
    return service.call("POST", f"{ONE}/threads/{thread}/{rest}", person, **options)


def threads(service: Any, person: str = "contact-ken") -> Any:
    """All threads."""
    return service.call("GET", f"{ONE}/threads", person).json()


@pytest.fixture
def submitted(service: Any, make: Any) -> Any:
    """The service with a submitted submission of Kenya."""
    service.push(make.figure())
    service.move("submit", "contact-ken")
    return service


def test_a_thread_goes_from_question_to_answer_to_resolved(submitted: Any) -> None:
    opened = open_thread(submitted)
    assert opened.status_code == 201
    thread = opened.json()["id"]
    answer = act(submitted, thread, "comments", json={"text": "The port was closed."})
    assert answer.status_code == 201
    assert [(each["by"], each["text"]) for each in answer.json()["comments"]] == [
        ("secretariat", "Why so slow?"),
        ("member", "The port was closed."),
    ]
    assert act(submitted, thread, "resolve", "secretariat").json()["resolved_by"] == "secretariat"
    listed = threads(submitted)
    assert (listed["open"], [each["status"] for each in listed["items"]]) == (0, ["resolved"])
    assert listed["items"][0]["about"] == KPI


def test_a_resolved_thread_takes_comments_only_once_it_is_reopened(submitted: Any) -> None:
    thread = open_thread(submitted).json()["id"]
    for _ in range(2):
        assert act(submitted, thread, "resolve").json()["status"] == "resolved"
    refused = act(submitted, thread, "comments", json={"text": "One more."})
    assert (refused.status_code, refused.json()["code"]) == (409, "thread.resolved")
    assert "Reopen it" in refused.json()["detail"]
    for _ in range(2):
        reopened = act(submitted, thread, "reopen").json()
        assert (reopened["status"], reopened["resolved_at"], reopened["resolved_by"]) == ("open", None, None)
    assert act(submitted, thread, "comments", json={"text": "One more."}).status_code == 201
    actions = submitted.rows("select action from audit_entry where action like 'thread.%' order by id")
    assert [row.action.removeprefix("thread.") for row in actions] == ["opened", "resolved", "reopened", "commented"]


def test_threads_stay_through_return_acceptance_and_closing(submitted: Any) -> None:
    thread = open_thread(submitted).json()["id"]
    submitted.move("return", "secretariat", json={"reason": "See the thread."})
    submitted.move("submit", "contact-ken")
    submitted.move("accept", "secretariat")
    submitted.close()
    assert act(submitted, thread, "comments", json={"text": "Still here."}).status_code == 201
    assert len(threads(submitted)["items"][0]["comments"]) == 2


def test_open_threads_are_counted_where_the_submission_is_read(submitted: Any) -> None:
    for about in (KPI, {"kind": "input", "code": "HOURS"}, {"kind": "submission"}):
        assert open_thread(submitted, "contact-ken", about).status_code == 201
    act(submitted, threads(submitted)["items"][0]["id"], "resolve")
    assert submitted.call("GET", ONE, "contact-ken").json()["open_threads"] == 2
    [listed] = submitted.call("GET", "/c-2024/submissions", "secretariat").json()["items"]
    assert listed["open_threads"] == 2


def test_nothing_that_is_said_reaches_events_or_the_audit_trail(submitted: Any) -> None:
    before = submitted.events()
    thread = open_thread(submitted, text="Was it 4711 hours?").json()["id"]
    act(submitted, thread, "comments", json={"text": "No, 4712."})
    assert submitted.events() == before
    trail = str(submitted.rows("select detail from audit_entry"))
    assert "471" not in trail


@pytest.mark.parametrize("person", ["system-ken", "reader-ken", "reviewer-ken"])
def test_systems_and_assigned_reviewers_read_and_do_not_speak(submitted: Any, person: str) -> None:
    thread = open_thread(submitted).json()["id"]
    assert threads(submitted, person)["open"] == 1
    assert open_thread(submitted, person).status_code == 403
    for rest in ("comments", "resolve", "reopen"):
        body = {"json": {"text": "I."}} if rest == "comments" else {}
        assert act(submitted, thread, rest, person, **body).status_code == 403


def test_a_thread_of_another_member_is_not_reached_through_the_own_submission(submitted: Any, make: Any) -> None:
    thread = open_thread(submitted).json()["id"]
    submitted.push(make.figure(), member="UGA", person="system-uga")
    for rest, options in (("comments", {"json": {"text": "I."}}), ("resolve", {}), ("reopen", {})):
        path = f"/c-2024/submissions/UGA/threads/{thread}/{rest}"
        answer = submitted.call("POST", path, "contact-uga", **options)
        assert (answer.status_code, answer.json()["code"]) == (404, "thread.not_found")
    assert threads(submitted)["items"][0]["status"] == "open"
    assert submitted.call("GET", "/c-2024/submissions/UGA/threads", "contact-uga").json()["items"] == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"about": {"kind": "kpi", "code": "HOURS"}, "text": "?"}, "thread.unknown_code"),
        ({"about": {"kind": "input", "code": "K-TIME"}, "text": "?"}, "thread.unknown_code"),
        ({"about": {"kind": "kpi"}, "text": "?"}, "request.invalid"),
        ({"about": {"kind": "submission", "code": "HOURS"}, "text": "?"}, "request.invalid"),
        ({"about": {"kind": "moon", "code": "HOURS"}, "text": "?"}, "request.invalid"),
        ({"about": KPI, "text": "  "}, "request.invalid"),
        ({"about": KPI, "text": "x" * 2_001}, "request.invalid"),
        ({"about": KPI, "text": "a\x00b"}, "request.invalid"),
        ({"about": KPI}, "request.invalid"),
    ],
)
def test_what_cannot_be_said(submitted: Any, body: dict[str, Any], code: str) -> None:
    answer = submitted.call("POST", f"{ONE}/threads", "contact-ken", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert threads(submitted)["items"] == []


def test_there_is_a_bound_to_how_much_is_said(submitted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("submission_svc.application.commands.open_thread.MOST_THREADS", 1)
    monkeypatch.setattr("submission_svc.application.commands.comment_on_thread.MOST_COMMENTS", 2)
    thread = open_thread(submitted).json()["id"]
    assert open_thread(submitted).json()["code"] == "thread.too_many"
    assert act(submitted, thread, "comments", json={"text": "I."}).status_code == 201
    refused = act(submitted, thread, "comments", json={"text": "I."})
    assert (refused.status_code, refused.json()["code"]) == (409, "thread.too_many")


def test_before_there_is_a_submission_there_is_nothing_to_talk_about(service: Any) -> None:
    answer = open_thread(service)
    assert (answer.status_code, answer.json()["code"]) == (404, "submission.not_found")


def test_an_unknown_way_to_settle_a_thread_does_not_exist(submitted: Any) -> None:
    thread = open_thread(submitted).json()["id"]
    refused = act(submitted, thread, "burn")
    assert (refused.status_code, refused.json()["code"]) == (422, "request.invalid")


def test_accepting_says_how_many_threads_are_open_and_refuses_nothing(submitted: Any) -> None:
    thread = open_thread(submitted).json()["id"]
    told = submitted.move("accept", "secretariat").json()
    assert (told["status"], told["open_threads"]) == ("accepted", 1)
    act(submitted, thread, "resolve", "secretariat")
    assert submitted.move("accept", "secretariat").json()["open_threads"] == 0
