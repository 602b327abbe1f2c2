"""Answers over HTTP: pushing them for one administration, for many, and reading them back."""

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from access_policy import Viewer
from service_kit.errors import Kind, ProblemError
from service_kit.problems import responses
from submission_svc.application.commands.push_answers import PushAnswers, push_answers
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
    removed: int = Field(description="Claims that were taken back")
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
    fields |= {"reason": text, "comment": text} | ({"administration": text} if many else {})
    required = ["administration", "code"] if many else ["code"]
    item = {"type": "object", "additionalProperties": False, "properties": fields, "required": required}
    answers = {"type": "array", "items": item, "minItems": 1}
    schema = {"type": "object", "properties": {"answers": answers}, "required": ["answers"]}
    example = "administration," * many + "code,year,value,state,reason,comment\n"
    csv = {"schema": {"type": "string"}, "example": example}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}, "text/csv": csv}}}


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
    idempotency_key: IdempotencyKey = None,
) -> Any:
    """Merge answers and claims into the draft; the first push begins it. All errors are named at once.

    `state` is empty (a figure), `missing`, or for a KPI `not_applicable` or `opted_out` with a reason; `none`, with
    nothing but the KPI's code, takes such a claim back.
    """
    return await _push(cycle, administration, request, pusher, deps, idempotency_key)


@router.post("/answers", response_model=PushManyRead, responses=REFUSALS, openapi_extra=_body(many=True))
async def post_answers_of_many(
    cycle: CycleCode, request: Request, loader: Loader, deps: Deps, idempotency_key: IdempotencyKey = None
) -> Any:
    """The same for many administrations in one transaction, each row with its `administration`. Embedded mode only."""
    return await _push(cycle, None, request, loader, deps, idempotency_key)


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
    key: str | None,
) -> Response:
    command = PushAnswers(
        cycle=cycle,
        administration=administration,
        format=_format(request),
        body=await request.body(),
        actor=viewer.subject,
        path=request.url.path,
        idempotency_key=key,
    )
    pushed = await run_in_threadpool(push_answers, command, deps.unit_of_work(), deps.rulebooks, deps.clock)
    headers = {"idempotency-replayed": "true"} if pushed.is_replay else {}
    return Response(pushed.body, media_type="application/json", headers=headers)


def _format(request: Request) -> Literal["json", "csv"]:
    kind, _, options = request.headers.get("content-type", "").lower().partition(";")
    charset = options.replace(" ", "").replace('"', "").partition("charset=")[2] or "utf-8"
    if charset in ("utf-8", "utf8"):
        if kind.strip() == "application/json":
            return "json"
        if kind.strip() == "text/csv":
            return "csv"
    raise ProblemError(
        "answers.media_type", Kind.UNSUPPORTED_MEDIA, "Send answers as application/json or text/csv, in UTF-8."
    )
