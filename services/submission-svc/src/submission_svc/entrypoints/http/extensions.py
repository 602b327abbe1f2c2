"""Extensions over HTTP: later deadlines of single members, granted by the secretariat."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from service_kit.problems import responses
from submission_svc.application.commands.grant_extension import GrantExtension, grant_extension
from submission_svc.application.commands.withdraw_extension import WithdrawExtension, withdraw_extension
from submission_svc.application.queries.extensions import list_extensions, read_extension
from submission_svc.entrypoints.http.dependencies import (
    AdministrationCode,
    CycleCode,
    Deps,
    Secretariat,
    SubmissionReader,
)
from submission_svc.entrypoints.http.schemas import PlainText, Strict

router = APIRouter(prefix="/api/v1/cycles/{cycle}/extensions", tags=["cycles"])
WithdrawalReason = Annotated[PlainText, Query(description="Why it is taken back, for the audit trail")]


class ExtensionBody(Strict):
    """Until when, and why."""

    until: date = Field(description="The last day (UTC) for this member; later than that of the cycle")
    reason: PlainText


class ExtensionRead(BaseModel):
    """The later deadline of one member."""

    administration: str
    until: date
    reason: str


class ExtensionList(BaseModel):
    """Extensions by administration."""

    items: list[ExtensionRead]


@router.get("", response_model=ExtensionList, responses=responses(401, 403, 404))
def get_extensions(cycle: CycleCode, viewer: SubmissionReader, deps: Deps) -> Any:
    """The extensions that the reader may see: the secretariat all, a member its own."""
    with deps.reader.connect() as connection:
        return {"items": list_extensions(connection, viewer, cycle)}


@router.get("/{administration}", response_model=ExtensionRead, responses=responses(401, 403, 404))
def get_extension(cycle: CycleCode, administration: AdministrationCode, viewer: SubmissionReader, deps: Deps) -> Any:
    """The extension of one member."""
    with deps.reader.connect() as connection:
        return read_extension(connection, viewer, cycle, administration)


@router.put("/{administration}", response_model=ExtensionRead, responses=responses(401, 403, 404, 409, 422))
def put_extension(
    cycle: CycleCode, administration: AdministrationCode, body: ExtensionBody, viewer: Secretariat, deps: Deps
) -> Any:
    """Let a member push and submit until a later day, in place of an extension it has. The same changes nothing.

    A closed cycle takes no extensions (`cycle.closed`): reopen it first.
    """
    command = GrantExtension(cycle, administration, body.until, body.reason, viewer.subject)
    return vars(grant_extension(command, deps.unit_of_work(), deps.clock))


@router.delete("/{administration}", status_code=204, responses=responses(401, 403, 404, 422))
def delete_extension(
    cycle: CycleCode, administration: AdministrationCode, reason: WithdrawalReason, viewer: Secretariat, deps: Deps
) -> None:
    """Take an extension back: the deadline of the cycle holds again. Where there is none, nothing changes."""
    withdraw_extension(WithdrawExtension(cycle, administration, reason, viewer.subject), deps.unit_of_work())
