"""Reads jobs for those who may see them: the member itself, the secretariat, and the loader where it exists."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from access_policy import Role, Viewer, within
from answer_intake.formats import Format
from service_kit.errors import Kind, ProblemError
from submission_svc.application.queries.cycles import visible_cycle
from submission_svc.application.queries.rights import foreign
from submission_svc.application.refusals import job_not_found
from submission_svc.domain.job import OPEN, StoredFindings

MOST_LISTED = 200
_COLUMNS = (
    "id, cycle, administration, actor, request ->> 'format' as format, body_bytes, state, stage, rows_done, rows_total,"
    " attempts, is_cancel_asked, outcome_status, errors_found, created_at, started_at, finished_at"
)
_LIST = text(
    f"select {_COLUMNS} from push_job where cycle = :cycle and administration = :administration"  # noqa: S608 - constant
    " order by number desc limit :most"
)
_ONE = text(
    f"select {_COLUMNS}, outcome from push_job"  # noqa: S608 - constant text
    " where id = :id and cycle = :cycle and administration = :administration"
)
_FINDINGS = text("select findings from push_job where id = :id")
_WORKBOOK = text("select workbook from push_job_workbook where job = :id")


@dataclass(frozen=True)
class Asked:
    """Which job of an administration in a cycle."""

    cycle: str
    administration: str
    job: UUID


@dataclass(frozen=True)
class Found:
    """All that was found in the file of a job, and the format that it came in."""

    fmt: Format
    findings: StoredFindings
    rows: int


_IN_FRENCH = {"queued": "en attente", "running": "en cours"}


def list_jobs(connection: Connection, viewer: Viewer, cycle: str, administration: str) -> list[dict[str, Any]]:
    """The jobs of an administration, the latest first, without their outcomes.

    Raises:
        ProblemError: `cycle.not_found` (404), `submission.foreign` (403).
    """
    _require_own(connection, viewer, cycle, administration)
    wanted = {"cycle": cycle, "administration": administration, "most": MOST_LISTED}
    return [dict(row) for row in connection.execute(_LIST, wanted).mappings()]


def read_job(connection: Connection, viewer: Viewer, asked: Asked) -> dict[str, Any]:
    """One job with its outcome.

    Raises:
        ProblemError: as `list_jobs`, and `job.not_found` (404).
    """
    _require_own(connection, viewer, asked.cycle, asked.administration)
    wanted = {"id": asked.job, "cycle": asked.cycle, "administration": asked.administration}
    row = connection.execute(_ONE, wanted).mappings().one_or_none()
    if row is None:
        raise job_not_found(asked.job)
    outcome = row["outcome"]
    return {**row, "outcome": None if outcome is None else json.loads(outcome)}


def job_findings(connection: Connection, viewer: Viewer, asked: Asked) -> Found:
    """Everything that was found in the file of a job whose push is over.

    Raises:
        ProblemError: as `read_job`, and `job.not_ended` (409).
    """
    job = read_job(connection, viewer, asked)
    if job["state"] in OPEN and job["outcome"] is None:
        detail = f"The job is {job['state']}; its errors are known once it has ended."
        french = f"La tâche est {_IN_FRENCH[job['state']]} ; ses erreurs seront connues quand elle sera terminée."
        raise ProblemError("job.not_ended", Kind.CONFLICT, detail, french=french, state=job["state"])
    stored = connection.execute(_FINDINGS, {"id": asked.job}).scalar_one()
    findings = StoredFindings(stored, job["errors_found"])
    return Found(Format(job["format"]), findings, job["rows_total"] or job["rows_done"])


def job_workbook(connection: Connection, viewer: Viewer, asked: Asked) -> bytes | None:
    """The sender's workbook with the faulty cells marked; None where there is none.

    Raises:
        ProblemError: as `read_job`, and `job.not_ended` (409).
    """
    job = read_job(connection, viewer, asked)
    if job["state"] in OPEN:
        detail = f"The job is {job['state']}; ask for the workbook once it has ended."
        french = f"La tâche est {_IN_FRENCH[job['state']]} ; demandez le classeur quand elle sera terminée."
        raise ProblemError("job.not_ended", Kind.CONFLICT, detail, french=french, state=job["state"])
    workbook = connection.execute(_WORKBOOK, {"id": asked.job}).scalar_one_or_none()
    return None if workbook is None else bytes(workbook)


def _require_own(connection: Connection, viewer: Viewer, cycle: str, administration: str) -> None:
    viewer = within(viewer, visible_cycle(connection, viewer, cycle)["population"])
    if not viewer.acts_for(administration) and not viewer.has_role(Role.SECRETARIAT, Role.LOADER):
        raise foreign()
