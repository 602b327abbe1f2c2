"""Reminders of deadlines: seven days and one day before the last day, once each, to whom has not submitted."""

from datetime import UTC, datetime
from typing import Any

import pytest

AMINA = {"email": "amina@customs.example", "name": "Amina Juma", "language": "en"}


def at(post: Any, month: int, day: int, year: int = 2025) -> int:
    """Write the reminders of that day, twice; how many there were."""
    post.service.clock.now = datetime(year, month, day, 8, tzinfo=UTC)
    return int(post.remind()) + int(post.remind())


def test_a_member_is_reminded_seven_days_and_one_day_before_the_last(post: Any, start_server: Any) -> None:
    days = [(12, 23), (12, 24), (12, 25), (12, 29), (12, 30), (12, 31), (1, 1)]
    written = {f"{month}-{day}": at(post, month, day, 2026 if month == 1 else 2025) for month, day in days}
    assert {day: number for day, number in written.items() if number} == {"12-24": 1, "12-30": 1}
    post.service.clock.now = datetime(2025, 12, 30, 9, tzinfo=UTC)
    box = start_server()
    assert post.send(box.port) == 2
    assert box.arrived[0]["Subject"] == "By 2025-12-31: the submission of KEN, Cycle"
    assert "The last day for it is 2025-12-31 (UTC)." in box.arrived[0].get_content()


def test_a_worker_that_was_away_reminds_later_and_each_kind_once(post: Any) -> None:
    assert [at(post, 12, 26), at(post, 12, 31)] == [1, 1]


def test_an_extension_is_honoured(post: Any) -> None:
    assert at(post, 12, 24) == 1
    body = {"until": "2026-01-20", "reason": "?"}
    post.service.call("PUT", "/c-2024/extensions/KEN", "secretariat", json=body)
    assert [at(post, 12, 30), at(post, 1, 13, 2026), at(post, 1, 19, 2026)] == [0, 1, 1]
    assert post.kept("detail ->> 'deadline'") == [("2025-12-31",), ("2026-01-20",), ("2026-01-20",)]


@pytest.mark.parametrize(("steps", "written"), [((), 1), (("submit",), 0), (("submit", "accept"), 0)])
def test_who_has_submitted_is_not_reminded(post: Any, make: Any, steps: tuple[str, ...], written: int) -> None:
    post.service.push(make.figure())
    for step in steps:
        post.service.move(step, "secretariat" if step == "accept" else "contact-ken")
    assert at(post, 12, 24) == written


def test_who_revises_what_was_accepted_is_not_told_that_nothing_was_submitted(post: Any, make: Any) -> None:
    post.service.push(make.figure())
    for step, person in (("submit", "contact-ken"), ("accept", "secretariat"), ("revise", "contact-ken")):
        assert post.service.move(step, person).status_code == 200
    assert at(post, 12, 24) == 0
    post.service.move("submit", "contact-ken")
    post.service.move("return", "secretariat", json={"reason": "?"})
    assert at(post, 12, 24) == 1


def test_what_was_returned_is_to_be_submitted_again(post: Any, make: Any) -> None:
    post.service.push(make.figure())
    post.service.move("submit", "contact-ken")
    post.service.move("return", "secretariat", json={"reason": "?"})
    assert at(post, 12, 24) == 1


def test_a_closed_cycle_reminds_nobody(post: Any) -> None:
    post.service.close()
    assert at(post, 12, 24) == 0


def test_a_reminder_after_the_last_day_is_of_no_use(post: Any, start_server: Any) -> None:
    at(post, 12, 30)
    post.service.clock.now = datetime(2026, 1, 1, tzinfo=UTC)
    box = start_server()
    assert (post.send(box.port), box.arrived) == (0, [])
    assert post.kept("parked_at is not null, error") == [(True, "It was of no use any more.")]


def test_each_contact_of_each_member_is_reminded(post: Any) -> None:
    post.set_contacts(AMINA, {**AMINA, "email": "bruno@customs.example"})
    post.set_contacts({**AMINA, "email": "u@customs.example"}, member="UGA")
    assert at(post, 12, 24) == 3
