"""Pushes a file and follows its job; used by `pmm push` and by whoever loads data from Python."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from pmm_cli.api import Api
from pmm_cli.errors import Exit, PmmError, Said, document_of
from pmm_cli.files import AnswersFile

PIECE = 65_536
PAUSE_SECONDS = 0.5
MAY_HAVE_ARRIVED = "It may have arrived all the same. To go on with it, repeat the command with --key {key}."
GOES_ON = "The server goes on with the job {job}: see `pmm jobs CYCLE`, later `pmm errors CYCLE {job}`."
IS_A_JOB = "The server does it as the job {job}; `pmm jobs` tells how far it is."
Progress = Callable[[str, int, int], None]  # stage, done, total


def unseen(stage: str, done: int, total: int) -> None:
    """Show nothing."""


@dataclass(frozen=True)
class PushOptions:
    """How a push is meant; see `pmm push --help`."""

    scope: str | None = None
    take_good: bool = False
    dry_run: bool = False
    as_job: bool = False
    language: str = "en"
    key: str | None = None

    def params(self) -> dict[str, Any]:
        """The query of the request; what is left out has its default on the server."""
        return {
            "mode": "replace" if self.scope else None,
            "scope": self.scope,
            "on_error": "take_good" if self.take_good else None,
            "dry_run": "true" if self.dry_run else None,
            "language": self.language,
        }


def push_file(
    api: Api, path: str, source: AnswersFile, options: PushOptions, progress: Progress = unseen
) -> dict[str, Any]:
    """Push into the submission at `path`; returns the server's answer, of the job's outcome where it became a job.

    Sending is tried again under one Idempotency-Key, so a line that breaks in the middle never pushes twice.

    Raises:
        PmmError: the server's refusal, with all errors in `problem`; a job that failed or was cancelled.
    """
    key = options.key or f"pmm-{uuid4()}"
    headers = {
        "Content-Type": source.format.media_type,
        "Content-Length": str(len(source.body)),
        "Idempotency-Key": key,
    }
    if options.as_job:
        headers["Prefer"] = "respond-async"

    is_begun = False

    def pieces() -> Iterator[bytes]:
        nonlocal is_begun
        is_begun = True
        for start in range(0, len(source.body), PIECE):
            progress("sending", start, len(source.body))
            yield source.body[start : start + PIECE]
        progress("sending", len(source.body), len(source.body))

    try:
        response = api.send("POST", f"{path}/answers", content=pieces, headers=headers, params=options.params())
        answer: dict[str, Any] = document_of(response)
    except KeyboardInterrupt:
        if is_begun:
            api.tell(MAY_HAVE_ARRIVED, key=key)
        raise
    except PmmError as error:
        if is_begun and error.exit_code is Exit.UNAVAILABLE:
            error.advise(MAY_HAVE_ARRIVED, key=key)
        raise
    if response.status_code != 202:
        return answer
    job = str(answer["id"])
    api.tell(IS_A_JOB, job=job)
    return {**follow_job(api, response.headers["Location"], progress), "job": job}


def follow_job(api: Api, address: str, progress: Progress = unseen) -> dict[str, Any]:
    """Wait until a job has ended; returns its outcome.

    Raises:
        PmmError: it failed (with its problem document) or was cancelled; or how far it is cannot be read any more.
    """
    while True:
        try:
            job = api.get(address)
        except PmmError as error:
            error.advise(GOES_ON, job=address.rpartition("/")[2])
            raise
        progress(job["stage"], job["rows_done"] or 0, job["rows_total"] or 0)
        if job["state"] == "done":
            outcome: dict[str, Any] = job["outcome"]
            return outcome
        if job["state"] == "cancelled":
            raise PmmError("job.cancelled", Said("The job was cancelled; nothing was saved."), Exit.CANCELLED)
        if job["state"] == "failed":
            problem = job["outcome"] or {}
            code = str(problem.get("code", "job.failed"))
            detail = str(problem.get("detail", "The job failed."))
            raise PmmError(code, detail, Exit.REFUSED, {**problem, "job": job["id"]})
        time.sleep(PAUSE_SECONDS)
