"""The audit trail of frameworks and registers over HTTP, for the secretariat."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from framework_svc.application.queries.audit import list_audit_entries, list_register_audit
from framework_svc.entrypoints.http.dependencies import Deps, Insider
from framework_svc.entrypoints.http.populations import PopulationCode
from framework_svc.entrypoints.http.representations import FrameworkCode
from service_kit.paging import Cursor, Limit
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1", tags=["audit"])


class AuditEntryRead(BaseModel):
    """Who did what, when, and the states before and after."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str = Field(description="Of a framework code@version, of a register its code")
    detail: dict[str, Any] = Field(
        description="Digests before and after; of drafts the changes in sentences, of registers each changed part"
    )


class AuditList(BaseModel):
    """A page of the audit trail, the newest entry first."""

    code: str
    items: list[AuditEntryRead]
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
