"""The days of a cycle, each with the day before and after it: where it stands, and until when it can be reopened."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from service_kit.errors import ProblemError
from submission_svc.domain.cycle import Cycle, WindowState

FIRST, LAST, EXTENDED = date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 10)
DAY = timedelta(days=1)
CYCLE = Cycle(
    code="c-2024",
    name={"en": "Cycle"},
    framework="small",
    framework_version="1",
    framework_digest="sha256:0",
    population="testers",
    reporting_year=2024,
    opens_on=FIRST,
    closes_on=LAST,
    is_rehearsal=False,
)
CLOSED, LATE = replace(CYCLE, status="closed"), replace(CYCLE, late_policy="accepted_late")


@pytest.mark.parametrize(
    ("cycle", "today", "extended", "state"),
    [
        (CYCLE, FIRST - DAY, None, "not_open_yet"),
        (CYCLE, FIRST, None, "open"),
        (CYCLE, LAST, None, "open"),
        (CYCLE, LAST + DAY, None, "ended"),
        (CYCLE, EXTENDED, EXTENDED, "open"),
        (CYCLE, EXTENDED + DAY, EXTENDED, "ended"),
        (CYCLE, LAST, LAST - DAY, "open"),  # an extension makes nothing earlier
        (LATE, LAST + DAY, None, "late"),
        (LATE, EXTENDED, EXTENDED, "open"),
        (CLOSED, FIRST, EXTENDED, "closed"),
    ],
)
def test_where_it_stands(cycle: Cycle, today: date, extended: date | None, state: WindowState) -> None:
    assert cycle.state(today, extended) == state


def test_a_window_of_one_day_is_one() -> None:
    replace(CYCLE, closes_on=FIRST).check()
    with pytest.raises(ProblemError, match=r"^cycle\.window_invalid"):
        replace(CYCLE, closes_on=FIRST - DAY).check()


@pytest.mark.parametrize("closes_on", [None, LAST])
def test_it_is_reopened_on_its_last_day_and_not_later(closes_on: date | None) -> None:
    assert CLOSED.reopen(closes_on, LAST) == CYCLE
    with pytest.raises(ProblemError, match=r"^cycle\.window_passed.*today is 2026-01-01"):
        CLOSED.reopen(closes_on, LAST + DAY)


def test_where_late_ones_are_taken_it_is_reopened_on_any_day_but_not_until_one_that_has_passed() -> None:
    closed = replace(LATE, status="closed")
    assert closed.reopen(None, LAST + DAY) == LATE
    with pytest.raises(ProblemError, match=r"^cycle\.window_passed"):
        closed.reopen(LAST, LAST + DAY)


def test_the_last_day_as_it_was_planned_is_kept_while_it_is_another() -> None:
    moved = CLOSED.reopen(EXTENDED, LAST)
    assert (moved.closes_on, moved.planned_closes_on) == (EXTENDED, LAST)
    assert moved.close("?").reopen(EXTENDED + DAY, LAST).planned_closes_on == LAST
    assert moved.close("?").reopen(LAST, LAST) == CYCLE
    moved.require_same_plan(CYCLE)


def test_what_is_open_as_asked_needs_no_reopening() -> None:
    assert [CYCLE.needs_no_reopening(asked, LAST) for asked in (None, LAST)] == [True, True]
    assert [cycle.needs_no_reopening(None, LAST + DAY) for cycle in (CYCLE, LATE, CLOSED)] == [False, True, False]
    assert not LATE.needs_no_reopening(EXTENDED, LAST + DAY)
    with pytest.raises(ProblemError, match=r"^cycle\.is_open.*open until 2025-12-31"):
        CYCLE.needs_no_reopening(EXTENDED, LAST)
