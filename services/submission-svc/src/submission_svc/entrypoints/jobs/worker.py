"""Works off queued pushes, one after the other; any number of workers may do so at the same time."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

from answer_intake.rulebook import Rulebooks
from service_kit.clock import Clock
from service_kit.database import is_database_away
from service_kit.errors import Kind, ProblemError
from service_kit.problem_document import problem_document
from submission_svc.application.commands.push_answers import push_answers
from submission_svc.application.intake_refusals import AnswersInvalidError, UnreadableAnswersError
from submission_svc.application.ports.jobs import JobQueue
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.application.pushing.command import PushAnswers
from submission_svc.domain.job import (
    KEPT,
    MOST_ATTEMPTS,
    JobCancelledError,
    LeaseLostError,
    Outcome,
    TakenJob,
    WorkerStopsError,
)
from submission_svc.entrypoints.jobs.lease import Lease
from submission_svc.entrypoints.jobs.marking import marked

log = structlog.get_logger()
LEASE_SECONDS = 30.0
LOOKS_SECONDS = 2.0  # for jobs whose worker is gone, of which nobody is notified
WAITS_AFTER_FAILURE_SECONDS = 3.0


@dataclass(frozen=True)
class JobTools:
    """What jobs are done with."""

    queue: JobQueue
    unit_of_work: Callable[[], UnitOfWork]
    rulebooks: Rulebooks
    clock: Clock


class PushJobs:
    """Runs in a thread of the worker until told to stop; survives the loss of the database."""

    def __init__(self, tools: JobTools, lease_seconds: float = LEASE_SECONDS) -> None:
        self._tools = tools
        self._lease_seconds = lease_seconds
        self._worker = uuid4()
        self._swept_on: object = None
        self.is_ready = False

    def run(self, stop: threading.Event) -> None:
        """Work until `stop`; failures are logged and tried again."""
        while not stop.is_set():
            try:
                with self._tools.queue.listening() as wait:
                    self.is_ready = True
                    while not stop.is_set():
                        self._sweep()
                        if not self.work_once(stop):
                            wait(min(LOOKS_SECONDS, self._lease_seconds))
            except (psycopg.Error, SQLAlchemyError) as error:
                log.warning("jobs_interrupted", error=type(error).__name__)
            self.is_ready = False
            stop.wait(0.5)

    def work_once(self, stop: threading.Event) -> bool:
        """Push one job, or mark the workbook of one that is pushed; False when there is none."""
        job = self._tools.queue.take(self._worker, self._lease_seconds, self._tools.clock())
        if job is None:
            return False
        log.info("job_taken", job=str(job.request.id), stage=job.beginning.stage, attempt=job.attempts)
        if job.attempts > MOST_ATTEMPTS:
            self._end(job, _refused(job, _gave_up(job)))
        else:
            self._do(job, stop)
        return True

    def _do(self, job: TakenJob, stop: threading.Event) -> None:
        tools = self._tools
        try:
            with Lease(tools.queue, job, self._lease_seconds, stop, tools.clock) as lease:
                if job.to_mark is None:
                    command = PushAnswers.of_job(job.request, job.body)
                    push_answers(command, tools.unit_of_work(), tools.rulebooks, tools.clock, lease)
                else:
                    workbook = marked(job, job.to_mark, lease.advance)
                    tools.queue.finish(job.request.id, job.worker, workbook, tools.clock())
        except LeaseLostError:
            log.warning("job_lease_lost", job=str(job.request.id))
        except WorkerStopsError:
            tools.queue.release(job.request.id, job.worker, 0, is_counted=False)
        except JobCancelledError:
            self._end(job, Outcome("cancelled"))
        except ProblemError as error:
            if error.kind is Kind.UNAVAILABLE:
                self._try_again(job, error)
            else:
                self._end(job, _refused(job, error))
        except Exception as error:  # whatever it is, it must not end the worker, nor be tried for ever
            self._try_again(job, error)

    def _try_again(self, job: TakenJob, error: Exception) -> None:
        """Leave the job to a later attempt; a database that is away is no fault of the job."""
        is_away = is_database_away(error)
        level = log.warning if is_away else log.error
        level(
            "job_interrupted", job=str(job.request.id), error=type(error).__name__, exc_info=None if is_away else error
        )
        self._tools.queue.release(job.request.id, job.worker, WAITS_AFTER_FAILURE_SECONDS, is_counted=not is_away)

    def _end(self, job: TakenJob, outcome: Outcome) -> None:
        """End a job that has changed nothing; one that was only to be marked ends as its push did."""
        queue, now = self._tools.queue, self._tools.clock()
        try:
            if job.to_mark is None:
                queue.end(job.request.id, job.worker, outcome, now)
            else:
                queue.finish(job.request.id, job.worker, None, now)
        except LeaseLostError:
            log.warning("job_lease_lost", job=str(job.request.id))

    def _sweep(self) -> None:
        now = self._tools.clock()
        if self._swept_on != now.date():
            log.info("jobs_swept", deleted=self._tools.queue.sweep(now - KEPT))
            self._swept_on = now.date()


def _refused(job: TakenJob, error: ProblemError) -> Outcome:
    """A job whose push was refused: with the problem document that the push itself would have been answered with."""
    status, document = problem_document(error, job.request.options.get("language", "en"))
    answer = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace").decode()  # half a character is no text
    if isinstance(error, AnswersInvalidError):
        found, rows = error.report.findings, error.report.received
        return Outcome("failed", status, answer, found, rows, is_to_be_marked=job.request.is_workbook)
    return Outcome("failed", status, answer, error.report.findings if isinstance(error, UnreadableAnswersError) else ())


def _gave_up(job: TakenJob) -> ProblemError:
    return ProblemError(
        "job.gave_up",
        Kind.UNAVAILABLE,
        f"This was tried {job.attempts - 1} times and never came to its end; the failures are ours and are logged. "
        "Nothing was saved. Send the file again, in smaller parts if it is very large.",
        french=f"Cela a été tenté {job.attempts - 1} fois sans jamais aboutir ; l'erreur vient de nous et elle est "
        "consignée. Rien n'a été enregistré. Renvoyez le fichier, en plusieurs parties s'il est très volumineux.",
        job=str(job.request.id),
    )
