"""Jobs of submission-svc, as its component tests queue, hold up and work them off."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text

from answer_intake.rulebook import Rulebooks
from submission_svc.adapters.db.job_queue import SqlJobQueue
from submission_svc.adapters.db.tables import metadata
from submission_svc.adapters.db.unit_of_work import SqlUnitOfWork
from submission_svc.entrypoints.jobs.worker import JobTools, PushJobs
from submission_svc.settings import NAME

JOBS = "/c-2024/submissions/KEN/jobs"
ASYNC = {"prefer": "respond-async"}
WORKER = """
import sys, threading
from answer_intake.rulebook import Rulebooks
from service_kit.clock import utc_now
from service_kit.database import build_engine
from submission_svc.adapters.db.job_queue import SqlJobQueue
from submission_svc.adapters.db.tables import metadata
from submission_svc.adapters.db.unit_of_work import SqlUnitOfWork
from submission_svc.entrypoints.jobs.worker import JobTools, PushJobs

from datetime import datetime, UTC
now = lambda: datetime(2025, 3, 1, 12, tzinfo=UTC)
url = sys.argv[1]
engine = build_engine(url)
queue = SqlJobQueue(engine, url.replace("postgresql+psycopg://", "postgresql://"))
tools = JobTools(queue, lambda: SqlUnitOfWork(engine, metadata, "tests", now), Rulebooks(), now)
PushJobs(tools, lease_seconds=2).run(threading.Event())
"""


def eventually(look: Callable[[], Any], seconds: float = 20) -> Any:
    """What `look` gives once it is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it has not come about in time")


class Worker:
    """Works off jobs in this process, one at a time, when told to."""

    def __init__(self, service: Any, url: str, lease_seconds: float = 30) -> None:
        queue = SqlJobQueue(service.engine, url.replace("postgresql+psycopg://", "postgresql://"))
        made = JobTools(
            queue, lambda: SqlUnitOfWork(service.engine, metadata, NAME, service.clock), Rulebooks(), service.clock
        )
        self.queue, self.jobs, self.stop = queue, PushJobs(made, lease_seconds), threading.Event()

    def work(self) -> bool:
        """Work off one job; whether there was one."""
        return self.jobs.work_once(self.stop)


def queue(service: Any, *rows: dict[str, Any], person: str = "system-ken", **options: Any) -> Any:
    """Push rows as a job."""
    headers = {**ASYNC, **options.pop("headers", {})}
    path = "/c-2024/submissions/KEN/answers"
    return service.call("POST", path, person, json={"answers": list(rows)}, params=options, headers=headers)


def job(service: Any, queued: Any, person: str = "system-ken") -> dict[str, Any]:
    """A job as it is now."""
    read: dict[str, Any] = service.call("GET", f"{JOBS}/{queued.json()['id']}", person).json()
    return read


def errors(service: Any, queued: Any, **options: Any) -> Any:
    """The errors of a job."""
    person = options.pop("person", "contact-ken")
    return service.call("GET", f"{JOBS}/{queued.json()['id']}/errors", person, **options)


@contextmanager
def held(service: Any, statement: str) -> Iterator[None]:
    """Keep a lock, so that whoever needs it waits at this very place."""
    with service.engine.begin() as connection:
        connection.execute(text(statement))
        yield
