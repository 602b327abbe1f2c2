"""Warnings over HTTP: reading them, and saying why they are all right."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, StringConstraints, model_validator

from access_policy import Viewer
from service_kit.problems import responses
from submission_svc.application.commands.explain_warnings import ExplainWarnings, explain_warnings
from submission_svc.application.dependencies import Dependencies
from submission_svc.application.queries.warnings import read_warnings
from submission_svc.domain.warnings.reasons import ReasonCode
from submission_svc.entrypoints.http.dependencies import (
    AdministrationCode,
    CycleCode,
    Deps,
    Pusher,
    SubmissionReader,
)
from submission_svc.entrypoints.http.judged_schemas import ViolationRead, WarningRead
from submission_svc.entrypoints.http.schemas import PlainText, Strict
from submission_svc.entrypoints.http.tags import CHECKED, TAGGED, Expected, tell_tag
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


class WarningList(BaseModel):
    """All that stands between the present answers and submitting them."""

    required: bool = Field(description="Whether submitting asks for reasons: where the framework has rules")
    open: int = Field(description="Warnings without a reason")
    shadow: int = Field(description="Violations of rules that are only counted so far")
    blocking: list[ViolationRead]
    items: list[WarningRead]


@router.get("", response_model=WarningList, responses={**TAGGED, **responses(401, 403, 404, 422)})
def get_warnings(
    cycle: CycleCode,
    administration: AdministrationCode,
    viewer: SubmissionReader,
    deps: Deps,
    language: WantedLanguage,
    response: Response,
) -> Any:
    """What blocks the submission, and every warning about it, answered or not. The ETag is that of the submission."""
    return _read(cycle, administration, viewer, deps, language, response)


@router.put("", response_model=WarningList, responses={**CHECKED, **responses(401, 403, 404, 409, 422)})
def put_warnings(
    cycle: CycleCode,
    administration: AdministrationCode,
    body: ReasonsBody,
    viewer: Pusher,
    deps: Deps,
    language: WantedLanguage,
    response: Response,
    expected: Expected,
) -> Any:
    """Say why warnings are all right. When the figures of a warning change, its reason is void."""
    reasons = {each.id: (each.code, each.text) for each in body.reasons}
    command = ExplainWarnings(cycle, administration, viewer.subject, reasons, language, expected)
    explain_warnings(command, deps.unit_of_work(), deps.rulebooks, deps.clock)
    return _read(cycle, administration, viewer, deps, language, response)


def _read(
    cycle: str, administration: str, viewer: Viewer, deps: Dependencies, language: str, response: Response
) -> dict[str, Any]:
    with deps.reader.connect() as connection:
        found = read_warnings(connection, viewer, cycle, administration, deps.rulebooks, deps.clock(), language)
    tell_tag(response, found["tag"])
    return found
