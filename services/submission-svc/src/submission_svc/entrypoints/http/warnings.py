"""Warnings over HTTP: reading them, and saying why they are all right."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints, model_validator

from access_policy import Viewer
from service_kit.problems import responses
from submission_svc.application.commands.explain_warnings import ExplainWarnings, explain_warnings
from submission_svc.application.ports import Dependencies
from submission_svc.application.queries.warnings import read_warnings
from submission_svc.domain.warnings.found import WarningKind
from submission_svc.domain.warnings.reasons import ReasonCode
from submission_svc.entrypoints.http.dependencies import (
    AdministrationCode,
    CycleCode,
    Deps,
    Pusher,
    SubmissionReader,
)
from submission_svc.entrypoints.http.schemas import PlainText, Strict
from submission_svc.entrypoints.http.wanted import WantedLanguage

router = APIRouter(prefix="/api/v1/cycles/{cycle}/submissions/{administration}/warnings", tags=["warnings"])
WarningId = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class ReasonItem(Strict):
    """A reason for a warning."""

    id: WarningId
    code: ReasonCode
    text: PlainText | None = None

    @model_validator(mode="after")
    def _has_text(self) -> "ReasonItem":
        if self.code == "other" and self.text is None:
            raise ValueError("the code other needs a text that says what it is")
        return self


class ReasonsBody(Strict):
    """Reasons for warnings; those of warnings that are not named stay as they are."""

    reasons: Annotated[list[ReasonItem], Field(min_length=1, max_length=5_000)]


class WarnedFigure(BaseModel):
    """A figure that a warning or a rule looked at; null when it was not given."""

    input: str
    year: int
    value: float | None


class AcceptedFigure(WarnedFigure):
    """A figure that is in force in a cycle."""

    cycle: str


class BoundsRead(BaseModel):
    """The values between which a figure would be no outlier, ends included."""

    low: float
    high: float


class ReasonRead(BaseModel):
    """A reason; without code and moment it is the one that the answer itself brought."""

    code: ReasonCode | None
    text: str | None
    at: datetime | None


class WarningRead(BaseModel):
    """A warning. Its reason holds as long as its figures stay the same."""

    id: str = Field(description="Stable: rule:RULE, outlier:INPUT:2024 or revision:INPUT:2024")
    kind: WarningKind
    text: str
    inputs: list[str]
    kpis: list[str]
    figures: list[WarnedFigure]
    compared: list[AcceptedFigure]
    bounds: BoundsRead | None
    reason: ReasonRead | None
    earlier_reason: ReasonRead | None = Field(description="Your last reason for the like of it, to be given again")


class BrokenRuleRead(BaseModel):
    """A rule of the framework that the answers do not keep and that blocks the submission."""

    rule: str
    kind: str
    severity: Literal["error", "warning", "information"]
    shadow: bool
    inputs: list[str]
    kpis: list[str]
    figures: list[WarnedFigure]
    found: float | None
    text: str
    blocks: bool
    asks_for_reason: bool


class WarningList(BaseModel):
    """All that stands between the present answers and submitting them."""

    required: bool = Field(description="Whether submitting asks for reasons: where the framework has rules")
    open: int = Field(description="Warnings without a reason")
    shadow: int = Field(description="Violations of rules that are only counted so far")
    blocking: list[BrokenRuleRead]
    items: list[WarningRead]


@router.get("", response_model=WarningList, responses=responses(401, 403, 404, 422))
def get_warnings(
    cycle: CycleCode, administration: AdministrationCode, viewer: SubmissionReader, deps: Deps, language: WantedLanguage
) -> Any:
    """What blocks the submission, and every warning about it, answered or not."""
    return _read(cycle, administration, viewer, deps, language)


@router.put("", response_model=WarningList, responses=responses(401, 403, 404, 409, 422))
def put_warnings(
    cycle: CycleCode,
    administration: AdministrationCode,
    body: ReasonsBody,
    viewer: Pusher,
    deps: Deps,
    language: WantedLanguage,
) -> Any:
    """Say why warnings are all right. When the figures of a warning change, its reason is void."""
    reasons = {each.id: (each.code, each.text) for each in body.reasons}
    command = ExplainWarnings(cycle, administration, viewer.subject, reasons, language)
    explain_warnings(command, deps.unit_of_work(), deps.rulebooks, deps.clock)
    return _read(cycle, administration, viewer, deps, language)


def _read(cycle: str, administration: str, viewer: Viewer, deps: Dependencies, language: str) -> dict[str, Any]:
    with deps.reader.connect() as connection:
        return read_warnings(connection, viewer, cycle, administration, deps.rulebooks, deps.clock(), language)
