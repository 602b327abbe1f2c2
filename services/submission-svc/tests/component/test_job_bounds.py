"""What of jobs is kept, how much of it and how long; and what is said where there is no more."""

from datetime import timedelta
from typing import Any

import pytest

from submission_svc.adapters.db import jobs as kept
from submission_svc.application.commands import queue_push
from submission_svc.domain.job import KEPT, MOST_OPEN
from tests.support.push_jobs import JOBS, Worker, errors, job, queue
from tests.support.together import at_once


def test_too_many_waiting_jobs_are_refused(service: Any, make: Any) -> None:
    for _ in range(MOST_OPEN):
        assert queue(service, make.figure()).status_code == 202
    answer = queue(service, make.figure())
    assert (answer.status_code, answer.json()["code"]) == (429, "job.too_many")
    assert answer.json()["detail"] == (
        "20 jobs of KEN wait already, which is the most. Wait until a job is done, or cancel some."
    )
    assert answer.headers["retry-after"] == "10"


def test_of_jobs_that_are_queued_at_once_no_more_wait_than_may(service: Any, make: Any) -> None:
    for _ in range(MOST_OPEN - 2):
        assert queue(service, make.figure()).status_code == 202
    answers = at_once(*[lambda: queue(service, make.figure())] * 6)
    assert sorted(answer.status_code for answer in answers) == [202, 202, 429, 429, 429, 429]
    assert len(service.table("push_job")) == MOST_OPEN


def test_waiting_files_that_are_too_large_together_are_refused(
    service: Any, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = make.figure(comment="x" * 600)
    monkeypatch.setattr(queue_push, "MOST_OPEN_BYTES", 1_000)
    assert queue(service, row).status_code == 202
    answer = queue(service, row)
    assert (answer.status_code, answer.json()["code"]) == (429, "job.too_many")
    assert "the files of KEN that wait would be more than" in answer.json()["detail"]
    assert queue(service, make.figure()).status_code == 202


def ended(service: Any, make: Any, worker: Worker, count: int) -> list[Any]:
    """Jobs that have failed."""
    queued = [queue(service, make.figure("NO", comment=f"{number}")) for number in range(count)]
    while worker.work():
        pass
    return queued


def test_the_oldest_of_too_many_jobs_go_and_others_stay(
    service: Any, make: Any, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    first, *others = ended(service, make, worker, 3)
    elsewhere = service.call(
        "POST",
        "/c-2024/submissions/UGA/answers",
        "system-uga",
        json={"answers": [make.figure()]},
        headers={"prefer": "respond-async"},
    )
    assert elsewhere.status_code == 202
    assert len(service.table("push_job")) == 4
    last = queue(service, make.figure())
    gone = service.call("GET", f"{JOBS}/{first.json()['id']}", "system-ken")
    assert (gone.status_code, gone.json()["code"]) == (404, "job.not_found")
    assert "Jobs are kept for 30 days, and at most the last 200; a file can be sent again." in gone.json()["detail"]
    assert [job(service, each)["state"] for each in (*others, last)] == ["failed", "failed", "queued"]


def test_the_oldest_of_jobs_that_are_too_large_together_go_but_never_the_last(
    service: Any, make: Any, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT_BYTES", 10)
    *_, third = ended(service, make, worker, 3)
    queue(service, make.figure())
    listed = service.call("GET", JOBS, "system-ken").json()["items"]
    assert [each["state"] for each in listed] == ["queued", "failed"]
    assert errors(service, third).json()["errors_found"] == 1


def test_jobs_are_swept_some_time_after_their_end(service: Any, make: Any, worker: Worker) -> None:
    ended(service, make, worker, 2)
    waiting = queue(service, make.figure())
    assert worker.queue.sweep(service.clock() - KEPT) == 0
    service.clock.now += KEPT + timedelta(days=1)
    assert worker.queue.sweep(service.clock() - KEPT) == 2
    assert job(service, waiting)["state"] == "queued"


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        (
            "HOURS",
            "The job was done on 2025-03-01 at 12:00:00 UTC; what it has saved stays. Push again to change it.",
        ),
        ("NO", "The job failed on 2025-03-01 at 12:00:00 UTC and has saved nothing, so there is nothing to cancel."),
    ],
)
def test_a_job_that_has_ended_cannot_be_cancelled(
    service: Any, make: Any, worker: Worker, code: str, detail: str
) -> None:
    queued = queue(service, make.figure(code))
    worker.work()
    answer = service.call("POST", f"{JOBS}/{queued.json()['id']}/cancel", "system-ken")
    assert (answer.status_code, answer.json()["code"], answer.json()["detail"]) == (409, "job.ended", detail)


def test_queueing_and_cancelling_are_in_the_audit_trail(service: Any, make: Any) -> None:
    service.push(make.figure())
    queued = queue(service, make.figure(comment="a secret"), dry_run=True)
    path = f"{JOBS}/{queued.json()['id']}/cancel"
    for _ in range(2):
        assert service.call("POST", path, "contact-ken").status_code == 202
    trail = service.call("GET", "/c-2024/submissions/KEN/audit", "system-ken").json()["items"][:2]
    told = [(each["actor"], each["action"]) for each in trail]
    assert told == [("contact-ken", "job.cancelled"), ("system-ken", "job.queued")]
    detail = trail[1]["detail"]
    assert set(detail) == {"job", "format", "body_digest", "body_bytes", "dry_run"}
    assert (detail["job"], trail[0]["detail"]) == (queued.json()["id"], {"job": queued.json()["id"]})
    assert detail["body_digest"].startswith("sha256:")
