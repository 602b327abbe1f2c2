"""Where a member stands: the cycles in which it may report, and all that the page of one cycle shows."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel

from reporting_svc.application.my_submission.asking import Caller, RefusedError, SubmissionApi, read
from reporting_svc.application.my_submission.readers import (
    Cycle,
    CycleList,
    Submission,
    Summary,
    SummaryList,
    Thread,
    ThreadList,
    Warnings,
)
from reporting_svc.application.my_submission.upload_readers import Findings, Job, JobList, JobSummary
from service_kit.errors import Kind

Model = TypeVar("Model", bound=BaseModel)
MOST_CYCLES, MOST_UPLOADS = 20, 3
NO_CYCLE = "my_submission.no_cycle"


@dataclass(frozen=True)
class CycleAndMine:
    """A cycle, and the member's submission in it if it has begun one."""

    cycle: Cycle
    mine: Summary | None


@dataclass(frozen=True)
class Standing:
    """All that is known of a member's submission in a cycle; without one there are no warnings and threads."""

    cycle: Cycle
    submission: Submission | None
    warnings: Warnings | None
    threads: list[Thread]
    uploads: list[JobSummary]

    @property
    def may_upload(self) -> bool:
        """Whether answers can be changed now."""
        return self.cycle.is_writable and (self.submission is None or not self.submission.is_locked)

    @property
    def may_submit(self) -> bool:
        """Whether there is something that can be handed in now."""
        return self.may_upload and self.submission is not None and not self.submission.is_empty

    @property
    def may_revise(self) -> bool:
        """Whether an accepted submission can be opened for changes."""
        return self.cycle.is_writable and self.submission is not None and self.submission.status == "accepted"

    @property
    def is_held_up(self) -> bool:
        """Whether broken rules or warnings without a reason keep it from being submitted."""
        warnings = self.warnings
        return warnings is not None and (bool(warnings.blocking) or (warnings.required and warnings.open > 0))


def submission_path(cycle: str, caller: Caller) -> str:
    """Where submission-svc has the member's submission."""
    return f"/{cycle}/submissions/{caller.administration}"


def my_cycles(service: SubmissionApi, caller: Caller, population: str) -> list[CycleAndMine]:
    """The cycles in which the member may report, those that take submissions first, then the latest."""
    known = read(service, "", caller, CycleList).items
    own = sorted((each for each in known if each.population == population), key=lambda each: not each.is_writable)
    return [CycleAndMine(cycle, _mine(service, caller, cycle.code)) for cycle in own[:MOST_CYCLES]]


def standing(service: SubmissionApi, caller: Caller, cycle_code: str, population: str) -> Standing:
    """Where the member stands in a cycle.

    Raises:
        RefusedError: `cycle.not_found` (404), also for a cycle of another population.
        ServiceAwayError: submission-svc does not answer.
    """
    cycle = own_cycle(service, caller, cycle_code, population)
    path = submission_path(cycle.code, caller)
    submission = _if_there(service, path, caller, Submission)
    uploads = _if_there(service, f"{path}/jobs", caller, JobList)
    if submission is None:
        return Standing(cycle, None, None, [], uploads.items[:MOST_UPLOADS] if uploads else [])
    warnings = _if_there(service, f"{path}/warnings", caller, Warnings)
    threads = _if_there(service, f"{path}/threads", caller, ThreadList) if submission.open_threads else None
    return Standing(
        cycle,
        submission,
        warnings,
        [each for each in threads.items if each.status == "open"] if threads else [],
        uploads.items[:MOST_UPLOADS] if uploads else [],
    )


def own_cycle(service: SubmissionApi, caller: Caller, code: str, population: str) -> Cycle:
    """A cycle in which the member may report.

    Raises:
        RefusedError: there is none of that code (404).
        ServiceAwayError: submission-svc does not answer.
    """
    cycle = read(service, f"/{code}", caller, Cycle)
    if cycle.population != population:
        raise RefusedError(404, NO_CYCLE, f"{code} is a cycle of another population.")
    return cycle


def upload(service: SubmissionApi, caller: Caller, cycle: str, job: UUID) -> Job:
    """How far an upload is, and how it ended.

    Raises:
        RefusedError: there is none of that id (404).
        ServiceAwayError: submission-svc does not answer.
    """
    return read(service, f"{submission_path(cycle, caller)}/jobs/{job}", caller, Job)


def findings(service: SubmissionApi, caller: Caller, cycle: str, job: Job) -> Findings | None:
    """What is wrong with the file of an upload, in the language of the caller; None where nothing is, or not yet.

    Raises:
        ServiceAwayError: submission-svc does not answer.
    """
    if job.is_open or not job.errors_found:
        return None
    return read(service, f"{submission_path(cycle, caller)}/jobs/{job.id}/errors", caller, Findings)


def _mine(service: SubmissionApi, caller: Caller, cycle: str) -> Summary | None:
    found = _if_there(service, f"/{cycle}/submissions", caller, SummaryList)
    return next((each for each in found.items if each.administration == caller.administration), None) if found else None


def _if_there(service: SubmissionApi, path: str, caller: Caller, model: type[Model]) -> Model | None:
    """What a GET gives; None where there is nothing yet."""
    try:
        return read(service, path, caller, model)
    except RefusedError as error:
        if error.kind is Kind.NOT_FOUND:
            return None
        raise
