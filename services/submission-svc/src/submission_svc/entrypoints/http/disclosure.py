"""Disclosure over HTTP: the member's choice of who may see what."""

from typing import Any

from fastapi import APIRouter

from service_kit.problems import responses
from submission_svc.application.commands.set_disclosure import SetDisclosure, set_disclosure
from submission_svc.application.queries.submissions import read_submission_state
from submission_svc.domain.disclosure import Disclosure
from submission_svc.entrypoints.http.dependencies import (
    AdministrationCode,
    CycleCode,
    Deps,
    SubmissionReader,
    Submitter,
)
from submission_svc.entrypoints.http.schemas import DisclosureBody

router = APIRouter(prefix="/api/v1/cycles/{cycle}/submissions/{administration}/disclosure", tags=["disclosure"])


@router.get("", response_model=DisclosureBody, responses=responses(401, 403, 404))
def get_disclosure(cycle: CycleCode, administration: AdministrationCode, viewer: SubmissionReader, deps: Deps) -> Any:
    """The present choice; everything is restricted until the member opens it."""
    with deps.reader.connect() as connection:
        return read_submission_state(connection, viewer, cycle, administration)["disclosure"]


@router.put("", response_model=DisclosureBody, responses=responses(401, 403, 404, 422))
def put_disclosure(
    cycle: CycleCode, administration: AdministrationCode, body: DisclosureBody, viewer: Submitter, deps: Deps
) -> Any:
    """Choose who may see what, as a whole, at any time. The same choice again changes nothing."""
    disclosure = Disclosure(body.default, body.kpis)
    command = SetDisclosure(cycle, administration, viewer.subject, disclosure)
    return set_disclosure(command, deps.unit_of_work(), deps.rulebooks, deps.clock).disclosure.as_dict()
