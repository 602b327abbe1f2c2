"""Answers over HTTP: pushing them for one administration, for many, deleting them, and reading them back."""

import json
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse

from answer_intake.formats import Format
from service_kit.problems import responses
from submission_svc.application.commands.push_answers import Pushed, push_answers
from submission_svc.application.commands.queue_push import queue_push
from submission_svc.application.dependencies import Dependencies
from submission_svc.application.intake_refusals import AnswersInvalidError
from submission_svc.application.pushing.command import PushAnswers
from submission_svc.application.pushing.options import PushOptions
from submission_svc.application.pushing.projecting import projected
from submission_svc.application.queries.submissions import read_submission
from submission_svc.entrypoints.http.dependencies import (
    AdministrationCode,
    CycleCode,
    Deps,
    IdempotencyKey,
    Loader,
    Pusher,
    SubmissionReader,
)
from submission_svc.entrypoints.http.push_options import (
    Prefer,
    ScopeName,
    WantedPush,
    WantedPushOfMany,
    documented_body,
    format_sent,
    is_for_a_job,
)
from submission_svc.entrypoints.http.push_schemas import (
    AnswersRead,
    DryRunManyRead,
    DryRunRead,
    PushManyRead,
    PushRead,
    QueuedRead,
)
from submission_svc.entrypoints.http.tags import CHECKED, TAGGED, Expected, tell_tag
from submission_svc.entrypoints.http.wanted import WantedLanguage, wanted_errors

router = APIRouter(prefix="/api/v1/cycles/{cycle}", tags=["answers"])
REFUSALS = responses(400, 401, 403, 404, 409, 413, 415, 422, 429)
QUEUED: dict[int | str, dict[str, Any]] = {
    202: {"model": QueuedRead, "description": "The push is a job now; Location is where it can be followed"}
}


@router.post(
    "/submissions/{administration}/answers",
    response_model=PushRead | DryRunRead,
    responses={**CHECKED, **QUEUED, **REFUSALS},
    openapi_extra=documented_body(many=False),
)
async def post_answers(
    cycle: CycleCode,
    administration: AdministrationCode,
    request: Request,
    pusher: Pusher,
    deps: Deps,
    language: WantedLanguage,
    options: WantedPush,
    expected: Expected,
    prefer: Prefer = None,
    idempotency_key: IdempotencyKey = None,
) -> Any:
    """Bring answers and claims into the draft; the first push begins it. All errors are named at once.

    `state` is empty (a figure), `missing`, or for a KPI `not_applicable` or `opted_out` with a reason; `none`, with
    nothing but the KPI's code, takes such a claim back, and with input and year deletes an answer. With
    `Accept: application/x-ndjson` or `text/csv`, errors come as a list without any bound. With
    `Prefer: respond-async`, and always with more than 5 MB (of a workbook: 10 MB unpacked), the push becomes a job;
    from a job, a workbook comes back with its faulty cells marked (`GET .../jobs/{job}/errors`). With If-Match, nothing
    is pushed into a state that you have not read; the ETag of the answer (`submission.tag` in quotes) is what to send
    next time. A dry run and a job have none.
    """
    body = await request.body()
    command = PushAnswers(
        cycle=cycle,
        administration=administration,
        body=body,
        format=format_sent(request, body),
        actor=pusher.subject,
        path=request.url.path,
        language=language,
        idempotency_key=idempotency_key,
        options=options,
        expected=expected,
    )
    if await run_in_threadpool(is_for_a_job, prefer, body):
        return await run_in_threadpool(_queued, command, administration, deps)
    async with deps.turns.of(f"push {cycle}/{administration}"):
        return await run_in_threadpool(_pushed, command, request, deps, pusher.token)


@router.delete(
    "/submissions/{administration}/answers",
    response_model=PushRead,
    responses={**CHECKED, **responses(401, 403, 404, 409, 422)},
)
def delete_answers(
    cycle: CycleCode,
    administration: AdministrationCode,
    request: Request,
    pusher: Pusher,
    deps: Deps,
    language: WantedLanguage,
    scope: ScopeName,
    expected: Expected,
    idempotency_key: IdempotencyKey = None,
) -> Any:
    """Delete all answers and claims of a scope from the draft; what they were is kept in its history."""
    command = PushAnswers(
        cycle=cycle,
        administration=administration,
        body=b"",
        format=Format.JSON,
        actor=pusher.subject,
        path=request.url.path,
        language=language,
        idempotency_key=idempotency_key,
        options=PushOptions("delete", scope),
        expected=expected,
    )
    return _pushed(command, request, deps, pusher.token)


@router.post(
    "/answers",
    response_model=PushManyRead | DryRunManyRead,
    responses=REFUSALS,
    openapi_extra=documented_body(many=True),
)
async def post_answers_of_many(
    cycle: CycleCode,
    request: Request,
    loader: Loader,
    deps: Deps,
    language: WantedLanguage,
    options: WantedPushOfMany,
    idempotency_key: IdempotencyKey = None,
) -> Any:
    """Push answers of many administrations in one transaction, each row with its own. Embedded mode only."""
    body = await request.body()
    command = PushAnswers(
        cycle=cycle,
        administration=None,
        body=body,
        format=format_sent(request, body),
        actor=loader.subject,
        path=request.url.path,
        language=language,
        idempotency_key=idempotency_key,
        options=options,
    )
    return await run_in_threadpool(_pushed, command, request, deps, loader.token)


@router.get(
    "/submissions/{administration}/answers",
    response_model=AnswersRead,
    responses={**TAGGED, **responses(401, 403, 404)},
)
def get_answers(
    cycle: CycleCode, administration: AdministrationCode, viewer: SubmissionReader, deps: Deps, response: Response
) -> Any:
    """All answers and claims, by code. The ETag is that of the submission."""
    with deps.reader.connect() as connection:
        found = read_submission(connection, viewer, cycle, administration)
    tell_tag(response, found["tag"])
    return found


def _queued(command: PushAnswers, administration: str, deps: Dependencies) -> Response:
    queued = queue_push(command, administration, deps.unit_of_work(), deps.clock)
    where = f"/api/v1/cycles/{command.cycle}/submissions/{administration}/jobs/{queued.job}"
    headers = {"location": where, "preference-applied": "respond-async"}
    headers |= {"idempotency-replayed": "true"} if queued.is_replay else {}
    return JSONResponse({"id": str(queued.job), "job": where}, status_code=202, headers=headers)


def _pushed(command: PushAnswers, request: Request, deps: Dependencies, token: str | None) -> Response:
    try:
        pushed = push_answers(command, deps.unit_of_work(), deps.rulebooks, deps.clock)
    except AnswersInvalidError as error:
        return _listed(error, wanted_errors(request))
    headers = {"idempotency-replayed": "true"} if pushed.is_replay else {}
    response = Response(_with_scores(pushed, deps, token), media_type="application/json", headers=headers)
    if command.administration is not None and not command.options.dry_run:
        tell_tag(response, json.loads(pushed.body)["submission"]["tag"])
    return response


def _with_scores(pushed: Pushed, deps: Dependencies, token: str | None) -> str:
    """The answer; that of a dry run with projected scores. The transaction is over by now."""
    if pushed.projection is None:
        return pushed.body
    answer = projected(json.loads(pushed.body), pushed.projection, deps.projector, token)
    return json.dumps(answer, ensure_ascii=False)


def _listed(error: AnswersInvalidError, form: Format) -> Response:
    """The whole report in the form that was asked for.

    Raises:
        AnswersInvalidError: none was; then the problem document is the answer.
    """
    if form is Format.JSON:
        raise error
    write = error.report.ndjson if form is Format.NDJSON else error.report.csv
    return StreamingResponse(write(error.language), status_code=422, media_type=form.media_type)
