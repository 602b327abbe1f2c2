"""Pushes a file and follows its job; used by `pmm push` and by whoever loads data from Python."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from pmm_cli.api import Api
from pmm_cli.errors import Exit, PmmError, UnreachableError, document_of
from pmm_cli.files import AnswersFile

PIECE = 65_536
PAUSE_SECONDS = 0.5
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

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(source.body), PIECE):
            progress("sending", start, len(source.body))
            yield source.body[start : start + PIECE]
        progress("sending", len(source.body), len(source.body))

    try:
        response = api.send("POST", f"{path}/answers", content=pieces, headers=headers, params=options.params())
    except UnreachableError as error:
        error.advice = (
            f"Whether it has arrived is not known. Once there is a connection, push again with --key {key}.",
        )
        raise
    answer: dict[str, Any] = document_of(response)
    if response.status_code != 202:
        return answer
    job = str(answer["id"])
    api.tell(f"The server does it as the job {job}; `pmm jobs` tells how far it is.")
    try:
        return {**follow_job(api, response.headers["Location"], progress), "job": job}
    except UnreachableError as error:
        error.advice = (f"The server goes on with the job {job}. Later, `pmm jobs` tells how it ended.",)
        raise


def follow_job(api: Api, address: str, progress: Progress = unseen) -> dict[str, Any]:
    """Wait until a job has ended; returns its outcome.

    Raises:
        PmmError: it failed (with its problem document) or was cancelled.
    """
    while True:
        job = api.get(address)
        progress(job["stage"], job["rows_done"] or 0, job["rows_total"] or 0)
        if job["state"] == "done":
            outcome: dict[str, Any] = job["outcome"]
            return outcome
        if job["state"] == "cancelled":
            raise PmmError("job.cancelled", "The job was cancelled; nothing was saved.", Exit.CANCELLED)
        if job["state"] == "failed":
            problem = job["outcome"] or {}
            code = str(problem.get("code", "job.failed"))
            raise PmmError(
                code, str(problem.get("detail", "The job failed.")), Exit.REFUSED, {**problem, "job": job["id"]}
            )
        time.sleep(PAUSE_SECONDS)
