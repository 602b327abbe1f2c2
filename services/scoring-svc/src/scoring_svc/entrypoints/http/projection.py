"""Projection over HTTP: what answers would score, without submitting them."""

from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from access_policy import Viewer
from scoring_svc.application.queries.projection import Projection, project, require_projector
from scoring_svc.entrypoints.http.dependencies import Deps, viewer_of
from scoring_svc.entrypoints.http.schemas import ProjectedScores
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1/scores", tags=["scores"])
Code = Annotated[str, StringConstraints(min_length=1, max_length=120)]
PERIOD = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}$"
MOST_ANSWERS, MOST_CLAIMS = 20_000, 2_000


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class ProjectedAnswer(_Part):
    """A figure; null is missing."""

    input: Code
    year: Annotated[int, Field(ge=1900, le=2200)]
    value: Annotated[float, Field(allow_inf_nan=False)] | None
    period: Annotated[str, StringConstraints(pattern=PERIOD)] | None = Field(
        default=None, description="Fiscal year, as 2023-07-01/2024-06-30, where it is not the calendar year"
    )


class ProjectedClaim(_Part):
    """A KPI that would be left out."""

    kpi: Code
    state: Literal["not_applicable", "opted_out"]


class ProjectionCreate(_Part):
    """All that would be submitted: what is not named is missing."""

    cycle: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
    administration: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,8}$")]
    answers: Annotated[list[ProjectedAnswer], Field(max_length=MOST_ANSWERS)]
    claims: Annotated[list[ProjectedClaim], Field(max_length=MOST_CLAIMS)] = []

    @model_validator(mode="after")
    def _says_each_thing_once(self) -> Self:
        if len({(each.input, each.year) for each in self.answers}) < len(self.answers):
            raise ValueError("an input has two answers for one year")
        if len({each.kpi for each in self.claims}) < len(self.claims):
            raise ValueError("a KPI has two claims")
        return self


def _projecting(request: Request, deps: Deps) -> Viewer:
    """Whoever might project for some administration; for which one is looked at with the body."""
    viewer = viewer_of(request, deps)
    require_projector(viewer)
    return viewer


Projecting = Annotated[Viewer, Depends(_projecting)]


@router.post(
    "/preview", response_model=ProjectedScores, responses=responses(400, 401, 403, 404, 409, 413, 415, 422, 503)
)
def post_preview(body: ProjectionCreate, viewer: Projecting, deps: Deps) -> Any:
    """What answers would score. Nothing is kept and nobody is told; for the member itself and the secretariat.

    Where scores depend on the others, they are taken among the accepted submissions of the cycle, once at least five
    of others are.
    """
    return project(Projection(**body.model_dump()), viewer, deps)
