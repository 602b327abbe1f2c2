"""Workbooks that come back from a job with their faulty cells marked: made before it ends, and kept with it."""

import threading
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from answer_intake.formats import XLSX_TYPE, Format
from answer_intake.writing import write
from submission_svc.domain.job import MOST_ATTEMPTS
from submission_svc.entrypoints.http import push_options
from submission_svc.entrypoints.jobs import worker as jobs_worker
from tests.support.push_jobs import ASYNC, JOBS, Worker, errors, eventually, job

PATH = "/c-2024/submissions/KEN/answers"
GOOD, BAD = ({"code": code, "year": 2024, "value": 1} for code in ("HOURS", "HOUR"))


def send(service: Any, content: bytes, media_type: str = XLSX_TYPE, **options: Any) -> Any:
    """Push a file as a job."""
    headers = {**ASYNC, "content-type": media_type}
    return service.call("POST", PATH, "system-ken", content=content, headers=headers, params=options)


def workbook(*rows: dict[str, Any]) -> bytes:
    """Rows as a workbook."""
    return write(rows, Format.XLSX, many=False)


def fetched(service: Any, queued: Any) -> Any:
    """What comes back as XLSX, opened."""
    return load_workbook(BytesIO(errors(service, queued, params={"format": "xlsx"}).content))


def test_it_is_marked_by_the_worker_and_then_given_out_as_it_is_kept(service: Any, worker: Worker) -> None:
    queued = send(service, workbook(GOOD, BAD), language="fr")
    assert worker.work()
    marking = job(service, queued)
    assert [marking[name] for name in ("state", "stage", "rows_done", "rows_total", "errors_found")] == [
        "running",
        "marking",
        0,
        2,
        1,
    ]
    assert errors(service, queued).json()["errors_found"] == 1
    early = errors(service, queued, params={"format": "xlsx"}).json()
    assert (early["code"], early["detail"]) == (
        "job.not_ended",
        "The job is running; ask for the workbook once it has ended.",
    )
    assert worker.work()
    ended = job(service, queued)
    assert [ended[name] for name in ("state", "rows_done", "rows_total", "outcome_status")] == ["failed", 2, 2, 422]
    assert service.table("push_job_body") == []
    book = fetched(service, queued)
    assert book.sheetnames == ["Erreurs", "Answers"]
    assert "Vouliez-vous dire HOURS" in book["Answers"]["A3"].comment.text
    assert not worker.work()


def test_good_rows_are_saved_once_however_often_the_marking_breaks_off(
    service: Any, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued = send(service, workbook(GOOD, BAD), on_error="take_good")
    assert worker.work()
    outcome = job(service, queued)["outcome"]
    assert outcome["created"] == 1
    broken_off(service, worker, monkeypatch)
    assert worker.work()
    done = job(service, queued)
    assert (done["state"], done["stage"], done["outcome"], done["attempts"]) == ("done", "done", outcome, 2)
    assert fetched(service, queued).sheetnames == ["Errors", "Answers"]
    assert len(service.rows("select 1 from audit_entry where action = 'answers.pushed'")) == 1


def broken_off(service: Any, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the worker fail at marking, and have the job taken up again at once."""

    def fail(*_: object) -> None:
        raise MemoryError("made up")

    with monkeypatch.context() as patched:
        patched.setattr(jobs_worker, "marked", fail)
        assert worker.work()
    with service.engine.begin() as connection:
        connection.execute(text("update push_job set leased_until = null"))


def test_a_workbook_that_cannot_be_marked_is_given_up_and_its_errors_are_listed(
    service: Any, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued = send(service, workbook(BAD))
    assert worker.work()
    for _ in range(MOST_ATTEMPTS):
        broken_off(service, worker, monkeypatch)
    assert worker.work()
    ended = job(service, queued)
    assert (ended["state"], ended["outcome"]["code"]) == ("failed", "answers.invalid")
    assert (fetched(service, queued).sheetnames, service.table("push_job_body")) == (["Errors"], [])


@pytest.mark.parametrize(("on_error", "state"), [("refuse_all", "failed"), ("take_good", "done")])
@pytest.mark.parametrize("is_running", [False, True])
def test_cancelled_while_it_is_marked_it_ends_as_its_push_did(
    service: Any, worker: Worker, monkeypatch: pytest.MonkeyPatch, on_error: str, state: str, is_running: bool
) -> None:
    queued = send(service, workbook(GOOD, BAD), on_error=on_error)
    assert worker.work()
    path = f"{JOBS}/{queued.json()['id']}/cancel"
    if is_running:
        monkeypatch.setattr(jobs_worker, "marked", until_ended)
        working = threading.Thread(target=worker.work)
        working.start()
        eventually(lambda: job(service, queued)["rows_done"])
        assert service.call("POST", path, "system-ken").json()["is_cancel_asked"] is True
        working.join(timeout=10)
    else:
        assert service.call("POST", path, "system-ken").json()["state"] == state
    ended = job(service, queued)
    assert (ended["state"], ended["rows_done"], ended["errors_found"]) == (state, 2, 1)
    assert fetched(service, queued).sheetnames == ["Errors"]
    assert service.table("push_job_body") == []


def until_ended(_: object, __: object, advance: Callable[[int], None]) -> None:
    """Mark without end, until told that it is enough."""
    while True:
        advance(1)


@pytest.mark.parametrize(
    ("content", "media_type"), [(b'{"answers": [', "application/json"), (b"PK\x03\x04 cut off", XLSX_TYPE)]
)
def test_a_file_that_cannot_be_read_has_its_error_in_a_workbook_too(
    service: Any, worker: Worker, content: bytes, media_type: str
) -> None:
    queued = send(service, content, media_type)
    assert worker.work()
    failed = job(service, queued)
    assert (failed["state"], failed["outcome_status"], failed["errors_found"]) == ("failed", 400, 1)
    assert errors(service, queued).json()["errors"] == failed["outcome"]["errors"]
    cells = [cell.value for row in fetched(service, queued)["Errors"] for cell in row]
    assert failed["outcome"]["errors"][0]["message"] in cells


def test_a_workbook_becomes_a_job_by_what_it_holds_unpacked(
    service: Any, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = workbook(*[GOOD] * 3_000)
    monkeypatch.setattr(push_options, "LONGEST_SYNCHRONOUS_WORKBOOK", 3 * len(body))
    headers = {"content-type": XLSX_TYPE}
    assert service.call("POST", PATH, "system-ken", content=body, headers=headers).status_code == 202
    few = workbook(GOOD)
    assert service.call("POST", PATH, "system-ken", content=few, headers=headers).status_code == 200
