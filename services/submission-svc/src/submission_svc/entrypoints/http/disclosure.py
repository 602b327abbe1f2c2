"""Disclosure over HTTP: the member's choice of who may see what."""

from typing import Any

from fastapi import APIRouter, Response

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
from submission_svc.entrypoints.http.tags import CHECKED, TAGGED, Expected, tell_tag

router = APIRouter(prefix="/api/v1/cycles/{cycle}/submissions/{administration}/disclosure", tags=["disclosure"])


@router.get("", response_model=DisclosureBody, responses={**TAGGED, **responses(401, 403, 404)})
def get_disclosure(
    cycle: CycleCode, administration: AdministrationCode, viewer: SubmissionReader, deps: Deps, response: Response
) -> Any:
    """The present choice; everything is restricted until the member opens it. The ETag is that of the submission."""
    with deps.reader.connect() as connection:
        found = read_submission_state(connection, viewer, cycle, administration)
    tell_tag(response, found["tag"])
    return found["disclosure"]


@router.put("", response_model=DisclosureBody, responses={**CHECKED, **responses(401, 403, 404, 409, 422)})
def put_disclosure(
    cycle: CycleCode,
    administration: AdministrationCode,
    body: DisclosureBody,
    viewer: Submitter,
    deps: Deps,
    response: Response,
    expected: Expected,
) -> Any:
    """Choose who may see what, as a whole, at any time. The same choice again changes nothing.

    Before any push it begins the draft, while the cycle takes submissions. With If-Match, only what you have read is
    changed.
    """
    disclosure = Disclosure(body.default, body.kpis)
    command = SetDisclosure(cycle, administration, viewer.subject, disclosure, expected=expected)
    submission = set_disclosure(command, deps.unit_of_work(), deps.rulebooks, deps.clock)
    tell_tag(response, submission.tag)
    return submission.disclosure.as_dict()
