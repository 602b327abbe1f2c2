"""Pushes as jobs: followed, refused, cancelled, and seen by whom they concern."""

import json
import threading
import time
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from answer_intake.formats import XLSX_TYPE
from tests.support.push_jobs import JOBS, Worker, errors, eventually, held, job, queue


def test_a_job_is_accepted_followed_and_done(service: Any, make: Any, worker: Worker) -> None:
    queued = queue(service, make.figure(), make.figure("BALANCE", 1))
    assert queued.status_code == 202
    assert queued.headers["location"] == f"/api/v1/cycles{JOBS}/{queued.json()['id']}"
    assert queued.headers["preference-applied"] == "respond-async"
    waiting = job(service, queued)
    assert (waiting["state"], waiting["stage"], waiting["rows_total"], waiting["outcome"]) == (
        "queued",
        "queued",
        None,
        None,
    )
    assert service.table("answer") == []
    assert worker.work()
    done = job(service, queued)
    assert [done[name] for name in ("state", "stage", "rows_done", "rows_total", "attempts")] == [
        "done",
        "done",
        2,
        2,
        1,
    ]
    synchronous = service.push(make.figure(), make.figure("BALANCE", 1)).json()
    assert done["outcome"] == {**synchronous, "created": 2, "unchanged": 0}
    assert done["outcome_status"] == 200
    assert service.table("push_job_body") == []
    assert not worker.work()


def test_large_bodies_become_jobs_by_themselves(service: Any, make: Any) -> None:
    rows = [make.figure("HOURS", 1, comment="x" * 1900)] * 3000
    answer = service.push(*rows)
    assert answer.status_code == 202
    assert job(service, answer)["body_bytes"] > 5 * 2**20


def test_a_refused_job_keeps_what_the_push_would_have_answered(service: Any, make: Any, worker: Worker) -> None:
    rows = (make.figure("HOUR"), make.figure("HOURS", -1))
    queued = queue(service, *rows)
    worker.work()
    refused = job(service, queued)
    assert (refused["state"], refused["outcome_status"], refused["errors_found"]) == ("failed", 422, 2)
    assert refused["outcome"] == service.push(*rows).json()
    assert [refused[name] for name in ("rows_done", "rows_total")] == [2, 2]
    assert errors(service, queued).json()["rows"] == 2
    assert (service.table("push_job_body"), service.table("submission")) == ([], [])


def test_errors_come_in_every_form_with_the_same_words(service: Any, make: Any, worker: Worker) -> None:
    rows = (make.figure("HOUR"), make.figure("=1+1", -1))
    queued = queue(service, *rows)
    assert errors(service, queued).json()["code"] == "job.not_ended"
    worker.work()
    problem = service.push(*rows).json()
    document = errors(service, queued).json()
    assert (document["errors"], document["groups"]) == (problem["errors"], problem["groups"])
    lines = errors(service, queued, headers={"accept": "application/x-ndjson"}).text.splitlines()
    assert [json.loads(line) for line in lines] == [{"severity": "error", **each} for each in problem["errors"]]
    table = errors(service, queued, params={"format": "csv", "language": "fr"}).text
    assert table.count("\n") == 3
    assert "Vouliez-vous dire HOURS" in table
    book = load_workbook(BytesIO(errors(service, queued, headers={"accept": XLSX_TYPE}).content))
    assert book.sheetnames == ["Errors"]


def test_good_rows_of_a_job_are_taken_and_the_others_listed(service: Any, make: Any, worker: Worker) -> None:
    queued = queue(service, make.figure(), make.figure("NO"), on_error="take_good")
    worker.work()
    done = job(service, queued)
    assert (done["state"], done["errors_found"], done["outcome"]["created"]) == ("done", 1, 1)
    assert errors(service, queued).json()["errors"] == done["outcome"]["errors"]


def test_a_dry_run_may_be_a_job(service: Any, make: Any, worker: Worker) -> None:
    queued = queue(service, make.figure(), dry_run=True)
    worker.work()
    done = job(service, queued)
    assert (done["state"], done["outcome"]["would"]["created"]) == ("done", 1)
    assert service.table("answer") == []


def test_the_same_key_gives_the_same_job(service: Any, make: Any, worker: Worker) -> None:
    headers = {"idempotency-key": "k"}
    first, again = (queue(service, make.figure(), headers=headers) for _ in range(2))
    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert worker.work()
    assert not worker.work()
    assert queue(service, make.figure(value=1), headers=headers).json()["code"] == "idempotency.key_reused"


def test_who_came_in_time_is_not_late_because_of_the_queue(service: Any, make: Any, worker: Worker) -> None:
    queued = queue(service, make.figure())
    service.clock.now += timedelta(days=400)
    worker.work()
    assert job(service, queued)["state"] == "done"
    assert queue(service, make.figure()).json()["code"] == "cycle.not_open"


def test_jobs_of_a_member_keep_their_order(service: Any, make: Any, worker: Worker, migrated_url: str) -> None:
    queues = [queue(service, make.figure(value=value)) for value in (1, 2)]
    other = Worker(service, migrated_url)
    first = worker.queue.take(uuid4(), 30, service.clock())
    assert first is not None
    assert not other.work()
    worker.queue.release(first.request.id, first.worker, 0, is_counted=False)
    assert [worker.work(), worker.work()] == [True, True]
    assert [job(service, each)["state"] for each in queues] == ["done", "done"]
    assert service.rows("select value from answer where until = 'infinity'") == [(2.0,)]


def test_a_waiting_job_is_cancelled_at_once(service: Any, make: Any, worker: Worker) -> None:
    queued = queue(service, make.figure())
    path = f"{JOBS}/{queued.json()['id']}/cancel"
    assert service.call("POST", path, "system-ken").json()["state"] == "cancelled"
    assert service.call("POST", path, "system-ken").status_code == 202
    assert not worker.work()
    assert (service.table("answer"), service.table("push_job_body")) == ([], [])


def test_a_running_job_is_cancelled_before_it_saves(service: Any, make: Any, worker: Worker) -> None:
    service.push(make.figure(value=1))
    queued = queue(service, make.figure(value=2))
    path = f"{JOBS}/{queued.json()['id']}/cancel"
    with held(service, "select 1 from submission for update"):
        working = threading.Thread(target=worker.work)
        working.start()
        eventually(lambda: job(service, queued)["stage"] == "checking")
        assert service.call("POST", path, "system-ken").json()["is_cancel_asked"] is True
        assert worker_has_seen(worker, service, queued)
    working.join(timeout=10)
    assert job(service, queued)["state"] == "cancelled"
    assert service.rows("select value from answer where until = 'infinity'") == [(1.0,)]


def worker_has_seen(worker: Worker, service: Any, queued: Any) -> bool:
    """Wait until the lease has been renewed once more, by which the worker hears of it."""
    before = lease_of(service)
    return bool(eventually(lambda: lease_of(service) != before))


def lease_of(service: Any) -> Any:
    """Until when the job is leased."""
    return service.rows("select leased_until from push_job")[0][0]


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("contact-ken", 200),
        ("system-ken", 200),
        ("reader-ken", 200),
        ("secretariat", 200),
        ("loader", 200),
        ("contact-uga", 403),
        ("system-uga", 403),
        ("reviewer", 403),
        ("reviewer-ken", 403),
        ("office-esa", 403),
        ("integrator", 403),
        ("contact-ken-elsewhere", 403),
        (None, 401),
    ],
)
def test_jobs_are_seen_by_their_member_and_the_secretariat(
    service: Any, make: Any, worker: Worker, person: str | None, status: int
) -> None:
    queued = queue(service, make.figure())
    worker.work()
    for path in (JOBS, f"{JOBS}/{queued.json()['id']}", f"{JOBS}/{queued.json()['id']}/errors"):
        assert service.call("GET", path, person).status_code == status


def test_a_job_is_not_found_below_another_member(service: Any, make: Any) -> None:
    found = queue(service, make.figure()).json()["id"]
    for person in ("system-uga", "secretariat"):
        answer = service.call("GET", f"/c-2024/submissions/UGA/jobs/{found}", person)
        assert (answer.status_code, answer.json()["code"]) == (404, "job.not_found")
    cancelled = service.call("POST", f"/c-2024/submissions/UGA/jobs/{found}/cancel", "system-uga")
    assert (cancelled.status_code, cancelled.json()["code"]) == (404, "job.not_found")


def test_workers_hear_of_jobs_at_once(service: Any, make: Any, worker: Worker) -> None:
    with worker.queue.listening() as wait:
        queue(service, make.figure())
        start = time.monotonic()
        wait(20)
    assert time.monotonic() - start < 5
