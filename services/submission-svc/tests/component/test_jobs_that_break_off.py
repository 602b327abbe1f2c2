"""Jobs whose worker or database goes away: taken over, tried again, and done exactly once."""

import signal
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from answer_intake.formats import Format
from answer_intake.writing import write
from service_kit.database import UnitOfWork
from submission_svc.adapters.db.submissions import SqlSubmissions
from submission_svc.domain.job import MOST_ATTEMPTS
from tests.support.push_jobs import Worker, eventually, held, job, queue


@pytest.mark.parametrize(
    ("stage", "lock"),
    [
        ("checking", "select 1 from submission for update"),
        ("saving", "lock table answer in share mode"),
    ],
)
def test_a_killed_worker_s_job_is_done_by_the_next_exactly_once(
    service: Any, make: Any, worker_process: Callable[[], subprocess.Popen[bytes]], stage: str, lock: str
) -> None:
    service.push(make.figure(value=1))
    first = worker_process()
    with held(service, lock):
        queued = queue(service, make.figure(value=2), make.figure("BALANCE", 3))
        timeline = [eventually(lambda: _moment(service, queued, stage))]
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=10)
        timeline.append(_moment(service, queued, stage))
        second = worker_process()
        timeline.append(eventually(lambda: _moment(service, queued, stage, attempts=2)))
    timeline.append(eventually(lambda: _moment(service, queued, "done", attempts=2)))
    assert second.poll() is None
    assert timeline == [("running", stage, 1)] * 2 + [("running", stage, 2), ("done", "done", 2)]
    assert service.rows("select input, value from answer where until = 'infinity' order by input") == [
        ("BALANCE", 3.0),
        ("HOURS", 2.0),
    ]
    assert len(service.rows("select 1 from audit_entry where action = 'answers.pushed'")) == 2


def test_a_killed_worker_s_marking_is_done_by_the_next(
    service: Any, worker: Worker, worker_process: Callable[[], subprocess.Popen[bytes]]
) -> None:
    body = write([{"code": "HOUR", "year": 2024, "value": 1}], Format.XLSX, many=False)
    headers = {"prefer": "respond-async", "content-type": Format.XLSX.media_type}
    queued = service.call("POST", "/c-2024/submissions/KEN/answers", "system-ken", content=body, headers=headers)
    assert worker.work()
    first = worker_process()
    with held(service, "lock table push_job_workbook in share mode"):
        eventually(lambda: _moment(service, queued, "marking"))
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=10)
    worker_process()
    ended = eventually(lambda: (now := job(service, queued))["state"] == "failed" and now)
    assert (ended["attempts"], ended["outcome"]["code"]) == (2, "answers.invalid")
    assert len(service.table("push_job_workbook")) == 1


def _moment(service: Any, queued: Any, stage: str, attempts: int = 1) -> tuple[str, str, int] | None:
    """Where the job is, once it is at that stage of that attempt."""
    now = job(service, queued)
    found = now["state"], now["stage"], now["attempts"]
    return found if found[1:] == (stage, attempts) else None


def test_a_worker_that_lost_its_lease_saves_nothing(
    service: Any, make: Any, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued = queue(service, make.figure())
    write_ = SqlSubmissions.write

    def overtaken(self: SqlSubmissions, *given: Any) -> Any:
        with service.engine.begin() as connection:
            connection.execute(text("update push_job set leased_by = gen_random_uuid()"))
        return write_(self, *given)

    monkeypatch.setattr(SqlSubmissions, "write", overtaken)
    assert worker.work()
    assert service.table("answer") == []
    assert job(service, queued)["state"] == "running"


def test_a_failure_of_ours_is_tried_again_and_given_up_in_the_end(
    service: Any, make: Any, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("made up")

    monkeypatch.setattr(SqlSubmissions, "write", fail)
    queued = queue(service, make.figure())
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert worker.work()
        assert not worker.work()
        assert (job(service, queued)["state"], job(service, queued)["attempts"]) == ("queued", attempt)
        with service.engine.begin() as connection:
            connection.execute(text("update push_job set leased_until = null"))
    assert worker.work()
    given_up = job(service, queued)
    assert (given_up["state"], given_up["outcome"]["code"]) == ("failed", "job.gave_up")
    assert "tried 5 times" in given_up["outcome"]["detail"]
    assert service.table("answer") == []


def test_a_worker_that_stops_gives_its_job_back_uncounted(service: Any, make: Any, worker: Worker) -> None:
    queued = queue(service, make.figure())
    worker.stop.set()
    worker.work()
    assert (job(service, queued)["state"], job(service, queued)["attempts"]) == ("queued", 0)


def test_a_lost_database_connection_is_no_fault_of_the_job(
    service: Any, make: Any, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued = queue(service, make.figure())
    commit = UnitOfWork.commit

    def cut(self: UnitOfWork) -> None:
        pid = self.connection.execute(text("select pg_backend_pid()")).scalar_one()
        with service.engine.begin() as other:
            other.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})
        commit(self)

    monkeypatch.setattr(UnitOfWork, "commit", cut)
    assert worker.work()
    monkeypatch.undo()
    assert (job(service, queued)["state"], job(service, queued)["attempts"]) == ("queued", 0)
    assert service.table("answer") == []
    with service.engine.begin() as connection:
        connection.execute(text("update push_job set leased_until = null"))
    assert worker.work()
    assert job(service, queued)["outcome"]["created"] == 1


def test_a_push_whose_database_goes_away_is_a_503_and_half_of_it_is_never_there(
    service: Any, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ = SqlSubmissions.write

    def cut(self: SqlSubmissions, *given: Any) -> Any:
        written = write_(self, *given)
        pid = self._connection.execute(text("select pg_backend_pid()")).scalar_one()
        with service.engine.begin() as other:
            other.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})
        return written

    monkeypatch.setattr(SqlSubmissions, "write", cut)
    answer = service.push(make.figure())
    assert (answer.status_code, answer.json()["code"]) == (503, "service.database_unavailable")
    assert answer.headers["retry-after"] == "2"
    monkeypatch.undo()
    assert service.table("submission") == []
    assert service.push(make.figure()).json()["created"] == 1
