"""The audit trail over HTTP: reading it, verifying it, and what outsiders keep to hold it against later."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from service_kit.audit import reading
from service_kit.audit.shapes import (
    MOST_VERIFIED,
    After,
    AuditEntryRead,
    AuditKeyList,
    CheckpointList,
    Most,
    VerificationRead,
)
from service_kit.paging import Cursor, Limit
from service_kit.problems import responses
from service_kit.texts import PlainText
from submission_svc.application.queries.audit import CHAIN, list_audit, list_own_audit, verify_audit
from submission_svc.entrypoints.http.dependencies import (
    AdministrationCode,
    Asking,
    CycleCode,
    Deps,
    Secretariat,
    SubmissionReader,
)

router = APIRouter(prefix="/api/v1", tags=["audit"])
Subject = Annotated[PlainText | None, Query(description="Only entries about it: a cycle, or `cycle/administration`")]


class AuditList(BaseModel):
    """A page of the audit trail, the newest entry first."""

    items: list[AuditEntryRead]
    next: str | None = Field(description="Cursor of the next page; null on the last one")


@router.get("/audit", response_model=AuditList, responses=responses(400, 401, 403, 422))
def get_audit(
    secretariat: Secretariat, deps: Deps, subject: Subject = None, limit: Limit = 50, cursor: Cursor = None
) -> Any:
    """Who did what, the newest first. Entries hold no values."""
    with deps.reader.connect() as connection:
        return list_audit(connection, secretariat, subject, limit, cursor)


@router.get("/audit/checkpoints", response_model=CheckpointList, responses=responses(400, 422))
def get_audit_checkpoints(viewer: Asking, deps: Deps, limit: Limit = 50, cursor: Cursor = None) -> Any:
    """The signed checkpoints of the chain. Keep them: with them, a history that was made anew is found out."""
    with deps.reader.connect() as connection:
        return reading.list_checkpoints(connection, CHAIN, limit, cursor)


@router.get("/audit/keys", response_model=AuditKeyList)
def get_audit_keys(viewer: Asking, deps: Deps) -> Any:
    """The public keys that checkpoints are verified with."""
    return reading.list_keys(deps.audit_keys)


@router.get("/audit/verify", response_model=VerificationRead, responses=responses(401, 403, 404, 422))
def get_audit_verification(secretariat: Secretariat, deps: Deps, after: After = 0, most: Most = MOST_VERIFIED) -> Any:
    """Recompute the chain, part by part, and say where it is broken: `python -m submission_svc verify-audit` does all.

    It believes nothing that the database says: hashes are computed anew, signatures checked.
    """
    with deps.reader.connect() as connection:
        return verify_audit(connection, secretariat, deps.audit_keys, after, most)


@router.get(
    "/cycles/{cycle}/submissions/{administration}/audit",
    response_model=AuditList,
    responses=responses(400, 401, 403, 404, 422),
)
def get_submission_audit(
    cycle: CycleCode,
    administration: AdministrationCode,
    viewer: SubmissionReader,
    deps: Deps,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:
    """What was done with this submission, by whom, the newest first."""
    with deps.reader.connect() as connection:
        return list_own_audit(connection, viewer, cycle, administration, limit, cursor)
