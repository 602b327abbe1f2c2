"""Jobs over HTTP: the list, one job with its outcome, cancelling it, and all that is wrong with its file."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field

from access_policy import Viewer
from answer_intake.formats import XLSX_TYPE, Format
from answer_intake.report import Report
from answer_intake.workbook.writing import write_findings
from service_kit.problems import responses
from submission_svc.application.commands.cancel_job import CancelJob, cancel_job
from submission_svc.application.dependencies import Dependencies
from submission_svc.application.intake_refusals import MOST_LISTED
from submission_svc.application.queries.jobs import Asked, job_findings, job_workbook, list_jobs, read_job
from submission_svc.domain.job import JobState, Stage
from submission_svc.entrypoints.http.dependencies import AdministrationCode, CycleCode, Deps, Pusher, SignedIn
from submission_svc.entrypoints.http.schemas import NoteRead
from submission_svc.entrypoints.http.wanted import WantedLanguage, wanted_form

router = APIRouter(prefix="/api/v1/cycles/{cycle}/submissions/{administration}/jobs", tags=["jobs"])
JobId = Annotated[UUID, Path(description="Id of the job, as it was given out")]
FormName = Annotated[Format | None, Query(alias="format", description="Else Accept says it")]


class JobSummary(BaseModel):
    """A job without its outcome. `rows_total` is null until the file has been read."""

    id: UUID
    cycle: str
    administration: str
    actor: str
    format: Format
    body_bytes: int
    state: JobState
    stage: Stage
    rows_done: int
    rows_total: int | None
    attempts: int = Field(description="How often a worker has begun to push it, then to mark its workbook")
    is_cancel_asked: bool
    outcome_status: int | None = Field(description="Status that the push itself would have been answered with")
    errors_found: int | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class JobRead(JobSummary):
    """A job; `outcome` is what the push itself would have been answered with, a problem document if it was refused."""

    outcome: dict[str, Any] | None


class JobList(BaseModel):
    """Jobs, the latest first."""

    items: list[JobSummary]


class ErrorsRead(BaseModel):
    """What is wrong with a file; this form lists at most 20,000 errors, NDJSON and CSV have no bound."""

    rows: int
    errors_found: int
    errors: list[NoteRead]
    groups: list[dict[str, Any]]


@router.get("", response_model=JobList, responses=responses(401, 403, 404))
def get_jobs(cycle: CycleCode, administration: AdministrationCode, viewer: SignedIn, deps: Deps) -> Any:
    """The jobs of an administration; for the member itself and the secretariat."""
    with deps.reader.connect() as connection:
        return {"items": list_jobs(connection, viewer, cycle, administration)}


@router.get("/{job}", response_model=JobRead, responses=responses(401, 403, 404))
def get_job(cycle: CycleCode, administration: AdministrationCode, job: JobId, viewer: SignedIn, deps: Deps) -> Any:
    """How far a job is, and how it ended."""
    with deps.reader.connect() as connection:
        return read_job(connection, viewer, Asked(cycle, administration, job))


@router.post("/{job}/cancel", status_code=202, response_model=JobRead, responses=responses(401, 403, 404, 409))
def post_cancel(cycle: CycleCode, administration: AdministrationCode, job: JobId, pusher: Pusher, deps: Deps) -> Any:
    """Cancel a job: at once while it waits, else before it saves anything. Cancelling it again changes nothing.

    A job whose cells are being marked ends without a marked workbook; what it has saved stays.
    """
    cancel_job(CancelJob(cycle, administration, job, pusher.subject), deps.unit_of_work(), deps.clock)
    with deps.reader.connect() as connection:
        return read_job(connection, pusher, Asked(cycle, administration, job))


@router.get(
    "/{job}/errors",
    response_model=ErrorsRead,
    responses={
        200: {
            "content": {
                Format.NDJSON.media_type: {"schema": {"type": "string"}},
                Format.CSV.media_type: {"schema": {"type": "string"}},
                XLSX_TYPE: {"schema": {"type": "string", "format": "binary"}},
            }
        },
        **responses(401, 403, 404, 409, 429),
    },
)
async def get_job_errors(
    cycle: CycleCode,
    administration: AdministrationCode,
    job: JobId,
    request: Request,
    viewer: SignedIn,
    deps: Deps,
    language: WantedLanguage,
    form: FormName = None,
) -> Response:
    """Everything that is wrong with the file of a job, in any format.

    As XLSX: your own workbook with the faulty cells marked, in the language of the push; it is made before the job
    ends, and kept with it. Where the file was none, or marking it was cancelled, a list of at most 20,000 errors.
    """
    asked, form = Asked(cycle, administration, job), form or wanted_form(request)
    async with deps.turns.of(f"errors {cycle}/{administration}"):
        return await run_in_threadpool(_errors, asked, viewer, deps, language, form)


def _errors(asked: Asked, viewer: Viewer, deps: Dependencies, language: str, form: Format) -> Response:
    with deps.reader.connect() as connection:
        marked = job_workbook(connection, viewer, asked) if form is Format.XLSX else None
        if marked is not None:
            return _attached(marked, asked)
        found = job_findings(connection, viewer, asked)
    report = Report(found.fmt, found.rows, found.findings)
    if form is Format.XLSX:
        return _attached(write_findings(found.findings, language), asked)
    if form is Format.JSON:
        document = report.document(language, MOST_LISTED)
        return JSONResponse({name: document[name] for name in ErrorsRead.model_fields})
    write = report.ndjson if form is Format.NDJSON else report.csv
    return StreamingResponse(write(language), media_type=form.media_type)


def _attached(workbook: bytes, asked: Asked) -> Response:
    name = f'attachment; filename="errors-{asked.cycle}-{asked.administration}.xlsx"'
    return Response(workbook, media_type=XLSX_TYPE, headers={"content-disposition": name})
