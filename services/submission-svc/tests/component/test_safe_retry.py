"""Sending again, sending at the same time, and failing in the middle."""

from typing import Any

import pytest
from sqlalchemy import text

from answer_intake.checking import check
from service_kit.errors import Kind, ProblemError
from submission_svc.adapters.db.submissions import SqlSubmissions
from submission_svc.application.pushing import steps
from tests.support.together import at_once

KEY = {"idempotency-key": "a-key"}


def test_the_same_key_gives_the_stored_answer(service: Any, make: Any) -> None:
    first = service.push(make.figure(), headers=KEY)
    assert "idempotency-replayed" not in first.headers
    service.push(make.figure(value=7))
    again = service.push(make.figure(), headers=KEY)
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert service.rows("select value from answer where until = 'infinity'") == [(7.0,)]


def test_a_stored_answer_outlives_the_cycle(service: Any, make: Any) -> None:
    first = service.push(make.figure(), headers=KEY)
    service.close()
    assert service.push(make.figure(), headers=KEY).content == first.content


def test_a_key_is_for_one_content_and_one_caller(service: Any, make: Any) -> None:
    service.push(make.figure(), headers=KEY)
    other = service.push(make.figure(value=8), headers=KEY)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency.key_reused")
    assert service.push(make.figure(value=8), person="contact-ken", headers=KEY).status_code == 200
    foreign = service.push(make.figure(), person="system-uga", headers=KEY)
    assert (foreign.status_code, foreign.json()["code"]) == (403, "submission.foreign")


def test_a_dry_run_is_never_the_stored_answer_of_a_push(service: Any, make: Any) -> None:
    service.push(make.figure(), headers=KEY)
    rehearsed = service.push(make.figure(), headers=KEY, params={"dry_run": True})
    assert rehearsed.json()["would"]["unchanged"] == 1
    assert "idempotency-replayed" not in rehearsed.headers


def test_a_refused_push_does_not_use_up_its_key(service: Any, make: Any) -> None:
    assert service.push(make.figure(value=-1), headers=KEY).status_code == 422
    assert service.push(make.figure(value=1), headers=KEY).status_code == 200


@pytest.mark.parametrize("round_", range(5))
def test_two_first_pushes_at_once_make_one_submission(service: Any, make: Any, round_: int) -> None:
    answers = at_once(
        lambda: service.push(make.figure("HOURS", 1), make.figure("BALANCE", 1)),
        lambda: service.push(make.figure("BALANCE", 2), make.figure("UNUSED", 2)),
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    assert sum(answer.json()["created"] for answer in answers) == 3
    assert sum(answer.json()["updated"] for answer in answers) == 1
    assert len(service.rows("select * from submission")) == 1
    assert [row.input for row in service.rows("select input from answer where until = 'infinity' order by input")] == [
        "BALANCE",
        "HOURS",
        "UNUSED",
    ]


def test_the_same_key_at_once_takes_effect_once(service: Any, make: Any) -> None:
    answers = at_once(*[lambda: service.push(make.figure(), headers=KEY)] * 4)
    assert {answer.content for answer in answers} == {answers[0].content}
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 3
    assert len(service.rows("select * from audit_entry where action = 'answers.pushed'")) == 1


def test_pushes_for_many_in_any_order_do_not_block_each_other(service: Any, make: Any) -> None:
    members = ["KEN", "UGA", "RWA", "FRA", "ZZZ"]

    def push(order: list[str], value: int) -> Any:
        rows = [make.figure(administration=code, value=value) for code in order]
        return service.call("POST", "/c-2024/answers", "loader", json={"answers": rows})

    answers = at_once(*[lambda n=n: push(members[n % 5 :] + members[: n % 5], n) for n in range(8)])
    assert [answer.status_code for answer in answers] == [200] * 8
    assert len({row.value for row in service.rows("select value from answer where until = 'infinity'")}) == 1


def test_submit_and_push_at_once_leave_nothing_unsaid(service: Any, make: Any) -> None:
    service.push(make.figure(value=1))
    pushed, submitted = at_once(
        lambda: service.push(make.figure(value=2)), lambda: service.move("submit", "contact-ken")
    )
    assert submitted.status_code == 200
    kept = service.rows("select value from answer where until = 'infinity'")[0].value
    assert kept == (2.0 if pushed.status_code == 200 else 1.0)
    assert service.events()[-1]["data"]["submission"]["answers"][0]["value"] == kept


def test_a_cycle_closes_after_the_pushes_that_are_on_their_way(service: Any, make: Any) -> None:
    pushed, closed = at_once(lambda: service.push(make.figure()), service.close)
    assert closed.status_code == 200
    assert len(service.table("answer")) == (1 if pushed.status_code == 200 else 0)


def test_a_failure_in_the_middle_leaves_nothing_behind(
    service: Any, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ProblemError("made.up", Kind.UNAVAILABLE, "Made up.")

    monkeypatch.setattr(SqlSubmissions, "touch", fail)
    answer = service.push(make.figure(), headers=KEY)
    assert (answer.status_code, answer.json()["code"]) == (503, "made.up")
    monkeypatch.undo()
    for table in ("submission", "answer", "idempotency_key"):
        assert service.table(table) == []
    assert service.push(make.figure(), headers=KEY).json()["created"] == 1


@pytest.mark.parametrize(
    ("meanwhile", "status"),
    [
        ("select 1 from submission for update nowait", 200),
        ("update submission set status = 'submitted'", 409),
    ],
)
def test_rows_are_checked_without_holding_the_submission_and_its_state_is_looked_at_again(
    service: Any, make: Any, monkeypatch: pytest.MonkeyPatch, meanwhile: str, status: int
) -> None:
    service.push(make.figure())

    def check_slowly(*given: Any, **named: Any) -> Any:
        with service.engine.begin() as other:
            other.execute(text(f"set local statement_timeout = '2s'; {meanwhile}"))
        return check(*given, **named)

    monkeypatch.setattr(steps, "check", check_slowly)
    assert service.push(make.figure(value=2)).status_code == status
