"""Answers over HTTP: pushing them for one administration, for many, and reading them back."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from access_policy import Viewer
from answer_intake.formats import XLSX_TYPE, Format, UnknownFormatError, format_of
from service_kit.errors import Kind, ProblemError
from service_kit.problems import responses
from submission_svc.application.commands.push_answers import PushAnswers, push_answers
from submission_svc.application.intake_refusals import AnswersInvalidError
from submission_svc.application.ports import Dependencies
from submission_svc.application.queries.submissions import read_submission
from submission_svc.domain.submission import Status
from submission_svc.entrypoints.http.dependencies import (
    AdministrationCode,
    CycleCode,
    Deps,
    IdempotencyKey,
    Loader,
    Pusher,
    SubmissionReader,
)
from submission_svc.entrypoints.http.schemas import AnswerRead, ClaimRead, NoteRead
from submission_svc.entrypoints.http.wanted import WantedLanguage, wanted_errors

router = APIRouter(prefix="/api/v1/cycles/{cycle}", tags=["answers"])
REFUSALS = responses(400, 401, 403, 404, 409, 413, 415, 422)


class Progress(BaseModel):
    """How far a submission is."""

    status: Status
    revision: int


class MemberProgress(Progress):
    """How far the submission of an administration is."""

    administration: str


class _Pushed(BaseModel):
    received: int
    created: int
    updated: int
    removed: int = Field(description="Answers that were deleted and claims that were taken back")
    unchanged: int
    notes: list[NoteRead]


class PushRead(_Pushed):
    """What a push did: rows received, and how many answers and claims are new, other, gone or as before."""

    submission: Progress


class PushManyRead(_Pushed):
    """What a push for many did."""

    submissions: list[MemberProgress]


class AnswersRead(BaseModel):
    """The content of a submission."""

    answers: list[AnswerRead]
    claims: list[ClaimRead]


def _body(*, many: bool) -> dict[str, Any]:
    """The request body for the OpenAPI document: routes read it raw, to name every fault in it."""
    text, code = {"type": "string"}, {"type": "string", "description": "Input; for a claim or its removal, KPI"}
    states = {"type": "string", "enum": ["number", "missing", "not_applicable", "opted_out", "none"]}
    fields = {"code": code, "year": {"type": "integer"}, "value": {"type": "number"}, "state": states}
    period = {"type": "string", "description": "Fiscal year where the input allows it: first/last day"}
    statuses = {"type": "string", "enum": ["A", "E", "P", "B"], "description": "Observation status; nothing is A"}
    fields |= {"status": statuses, "reason": text, "comment": text, "period": period}
    fields |= {"administration": text} if many else {}
    required = ["administration", "code"] if many else ["code"]
    item = {"type": "object", "additionalProperties": False, "properties": fields, "required": required}
    answers = {"type": "array", "items": item, "minItems": 1}
    schema = {"type": "object", "properties": {"answers": answers}, "required": ["answers"]}
    example = "administration," * many + "code,year,value,state,status,reason,comment,period\n"
    content = {
        Format.JSON.media_type: {"schema": schema},
        Format.NDJSON.media_type: {"schema": {"type": "string", "description": "One item of answers a line"}},
        Format.CSV.media_type: {"schema": {"type": "string"}, "example": example},
        XLSX_TYPE: {"schema": {"type": "string", "format": "binary"}},
    }
    return {"requestBody": {"required": True, "content": content}}


@router.post(
    "/submissions/{administration}/answers",
    response_model=PushRead,
    responses=REFUSALS,
    openapi_extra=_body(many=False),
)
async def post_answers(
    cycle: CycleCode,
    administration: AdministrationCode,
    request: Request,
    pusher: Pusher,
    deps: Deps,
    language: WantedLanguage,
    idempotency_key: IdempotencyKey = None,
) -> Any:
    """Merge answers and claims into the draft; the first push begins it. All errors are named at once.

    `state` is empty (a figure), `missing`, or for a KPI `not_applicable` or `opted_out` with a reason; `none`, with
    nothing but the KPI's code, takes such a claim back, and with input and year deletes an answer. With
    `Accept: application/x-ndjson` or `text/csv`, errors come as a list without any bound.
    """
    return await _push(cycle, administration, request, pusher, deps, language, idempotency_key)


@router.post("/answers", response_model=PushManyRead, responses=REFUSALS, openapi_extra=_body(many=True))
async def post_answers_of_many(
    cycle: CycleCode,
    request: Request,
    loader: Loader,
    deps: Deps,
    language: WantedLanguage,
    idempotency_key: IdempotencyKey = None,
) -> Any:
    """The same for many administrations in one transaction, each row with its `administration`. Embedded mode only."""
    return await _push(cycle, None, request, loader, deps, language, idempotency_key)


@router.get("/submissions/{administration}/answers", response_model=AnswersRead, responses=responses(401, 403, 404))
def get_answers(cycle: CycleCode, administration: AdministrationCode, viewer: SubmissionReader, deps: Deps) -> Any:
    """All answers and claims, by code."""
    with deps.reader.connect() as connection:
        return read_submission(connection, viewer, cycle, administration)


async def _push(
    cycle: str,
    administration: str | None,
    request: Request,
    viewer: Viewer,
    deps: Dependencies,
    language: str,
    key: str | None,
) -> Response:
    body = await request.body()
    command = PushAnswers(
        cycle=cycle,
        administration=administration,
        format=_format(request, body),
        body=body,
        actor=viewer.subject,
        path=request.url.path,
        language=language,
        idempotency_key=key,
    )
    try:
        pushed = await run_in_threadpool(push_answers, command, deps.unit_of_work(), deps.rulebooks, deps.clock)
    except AnswersInvalidError as error:
        return _listed(error, wanted_errors(request))
    headers = {"idempotency-replayed": "true"} if pushed.is_replay else {}
    return Response(pushed.body, media_type="application/json", headers=headers)


def _listed(error: AnswersInvalidError, form: Format) -> Response:
    """The whole report in the form that was asked for.

    Raises:
        AnswersInvalidError: none was; then the problem document is the answer.
    """
    if form is Format.JSON:
        raise error
    write = error.report.ndjson if form is Format.NDJSON else error.report.csv
    return StreamingResponse(write(error.language), status_code=422, media_type=form.media_type)


def _format(request: Request, body: bytes) -> Format:
    try:
        return format_of(request.headers.get("content-type"), body)
    except UnknownFormatError:
        kinds = ", ".join(fmt.media_type for fmt in Format)
        detail = f"Send answers as one of {kinds}; texts in UTF-8 (CSV also in UTF-16 or Windows-1252)."
        raise ProblemError("answers.media_type", Kind.UNSUPPORTED_MEDIA, detail) from None
