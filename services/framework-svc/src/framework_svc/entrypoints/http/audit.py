"""The audit trail of frameworks and registers over HTTP: reading it, verifying it, and what outsiders keep of it."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from framework_svc.application.queries.audit import list_audit_entries, list_register_audit
from framework_svc.entrypoints.http.dependencies import Asking, Deps, Insider
from framework_svc.entrypoints.http.populations import PopulationCode
from framework_svc.entrypoints.http.representations import FrameworkCode
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

router = APIRouter(prefix="/api/v1", tags=["audit"])
CHAIN = "framework-svc"


class CatalogueEntryRead(AuditEntryRead):
    """Who did what, when, and the states before and after; once sealed, with its place in the chain."""

    subject: str = Field(description="Of a framework code@version, of a register its code")
    detail: dict[str, Any] = Field(
        description="Digests before and after; of drafts the changes in sentences, of registers each changed part"
    )


class AuditList(BaseModel):
    """A page of the audit trail, the newest entry first."""

    code: str
    items: list[CatalogueEntryRead]
    next: str | None = Field(description="Cursor of the next page; null on the last one")


@router.get("/frameworks/{code}/audit", response_model=AuditList, responses=responses(400, 401, 403, 422))
def get_framework_audit(
    code: FrameworkCode, insider: Insider, deps: Deps, limit: Limit = 50, cursor: Cursor = None
) -> Any:
    """What was done with a framework and its drafts: publication, retirement, every change of a draft."""
    with deps.reader.connect() as connection:
        return list_audit_entries(connection, code, limit, cursor)


@router.get("/populations/{code}/audit", response_model=AuditList, responses=responses(400, 401, 403, 422))
def get_population_audit(
    code: PopulationCode, insider: Insider, deps: Deps, limit: Limit = 50, cursor: Cursor = None
) -> Any:
    """What was done with a register: every change with who, when, and each changed part before and after."""
    with deps.reader.connect() as connection:
        return list_register_audit(connection, code, limit, cursor)


@router.get("/framework-audit/checkpoints", response_model=CheckpointList, responses=responses(400, 422))
def get_framework_audit_checkpoints(viewer: Asking, deps: Deps, limit: Limit = 50, cursor: Cursor = None) -> Any:
    """The signed checkpoints of the chain of frameworks and registers. Keep them, to hold the history against them."""
    with deps.reader.connect() as connection:
        return reading.list_checkpoints(connection, CHAIN, limit, cursor)


@router.get("/framework-audit/keys", response_model=AuditKeyList)
def get_framework_audit_keys(viewer: Asking, deps: Deps) -> Any:
    """The public keys that checkpoints are verified with."""
    return reading.list_keys(deps.audit_keys)


@router.get("/framework-audit/verify", response_model=VerificationRead, responses=responses(401, 403, 404, 422))
def get_framework_audit_verification(insider: Insider, deps: Deps, after: After = 0, most: Most = MOST_VERIFIED) -> Any:
    """Recompute the chain in parts and say where it is broken; `python -m framework_svc verify-audit` does all."""
    with deps.reader.connect() as connection:
        return reading.verify(connection, CHAIN, deps.audit_keys, after, most)
