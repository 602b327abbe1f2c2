"""Two who change a cycle at the same moment: the second waits, and goes on from what the first has made of it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

from submission_svc.domain.cycle import Cycle
from tests.support.embedded import wait_until

WAITING = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


def meanwhile(service: Any, change: Callable[[Cycle], Cycle], *calls: Callable[[], Any]) -> list[Any]:
    """Make the calls while somebody else is changing the cycle; the answers, once his change has been kept."""
    unit_of_work = service.app.state.dependencies.unit_of_work

    def settled(made: list[Future[Any]]) -> bool:
        return len(service.rows(WAITING)) + sum(each.done() for each in made) == len(calls)

    with ThreadPoolExecutor(len(calls)) as pool, unit_of_work() as uow:
        uow.cycles.save(change(uow.cycles.find_to_change("c-2024")))
        made = [pool.submit(call) for call in calls]
        wait_until(lambda: settled(made), seconds=20)
        uow.commit()
        return [each.result(timeout=20) for each in made]


def test_who_closes_it_does_not_take_back_another_window(service: Any) -> None:
    until = date(2026, 1, 31)
    [closed] = meanwhile(
        service,
        lambda cycle: replace(cycle, closes_on=until),
        service.close,
    )
    assert (closed.status_code, closed.json()["status"], closed.json()["closes_on"]) == (200, "closed", "2026-01-31")
    assert service.rows("select status, closes_on from cycle") == [("closed", until)]


def test_of_two_who_close_it_one_tells_the_others(service: Any) -> None:
    answers = meanwhile(service, lambda cycle: cycle, *[service.close] * 2)
    assert [answer.status_code for answer in answers] == [200, 200]
    assert service.event_types().count("cycle.closed.v1") == 1
    assert len(service.rows("select 1 from audit_entry where action = 'cycle.closed'")) == 1
