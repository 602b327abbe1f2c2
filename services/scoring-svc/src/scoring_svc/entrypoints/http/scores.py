"""Scores over HTTP: the list of a cycle, one administration, its explanation, and the preview of a submission."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from scoring_engine import ENGINE_VERSION
from scoring_svc.application.ports import Answer
from scoring_svc.application.queries.cards import Asked, explanation, preview, summary
from scoring_svc.application.queries.scores import scores_of_cycle
from scoring_svc.entrypoints.http.dependencies import Deps, viewer_of
from scoring_svc.entrypoints.http.schemas import AdministrationScores, ExplanationRead, ScoreList, ServiceRead
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1/scores", tags=["scores"])
CycleCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
AdministrationCode = Annotated[str, Path(pattern=r"^[A-Z0-9]{2,8}$")]
Language = Annotated[Literal["en", "fr"], Query(description="The language of names")]
NOT_CHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "Not changed"}}


@router.get("", response_model=ServiceRead)
def get_service() -> Any:
    """Which engine scores here, and where scores are read."""
    return {"engine_version": ENGINE_VERSION, "scores": "/api/v1/scores/{cycle}"}


@router.get("/{cycle}", response_model=ScoreList, responses={**NOT_CHANGED, **responses(401, 404, 422)})
def get_scores(cycle: CycleCode, request: Request, deps: Deps) -> Any:
    """The scores of a cycle, of administrations that disclose something to you; places where the framework has them."""
    return _sent(request, scores_of_cycle(cycle, viewer_of(request, deps), deps))


@router.get(
    "/{cycle}/{administration}",
    response_model=AdministrationScores,
    responses={**NOT_CHANGED, **responses(401, 404, 422)},
)
def get_administration_scores(
    cycle: CycleCode, administration: AdministrationCode, request: Request, deps: Deps
) -> Any:
    """All scores of one administration that you may see."""
    return _sent(request, summary(Asked(cycle, administration), viewer_of(request, deps), deps))


@router.get(
    "/{cycle}/{administration}/explanation",
    response_model=ExplanationRead,
    responses={**NOT_CHANGED, **responses(401, 404, 422)},
)
def get_explanation(
    cycle: CycleCode,
    administration: AdministrationCode,
    request: Request,
    deps: Deps,
    language: Language = "en",
) -> Any:
    """All scores of one administration that you may see, with names, and how each came about."""
    return _sent(request, explanation(Asked(cycle, administration, language), viewer_of(request, deps), deps))


@router.get(
    "/{cycle}/{administration}/preview",
    response_model=ExplanationRead,
    responses={**NOT_CHANGED, **responses(401, 403, 404, 422)},
)
def get_preview(
    cycle: CycleCode,
    administration: AdministrationCode,
    request: Request,
    deps: Deps,
    language: Language = "en",
) -> Any:
    """What a submission that waits for a decision would score; for those who may see all of the administration."""
    return _sent(request, preview(Asked(cycle, administration, language), viewer_of(request, deps), deps))


def _sent(request: Request, answer: Answer) -> Response:
    """The answer, or 304. No cache may hand it to anybody else, and the own one must ask each time."""
    etag = f'"{answer.etag}"'
    headers = {"etag": etag, "cache-control": "private, no-cache", "vary": "authorization"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(answer.body, media_type="application/json", headers=headers)
