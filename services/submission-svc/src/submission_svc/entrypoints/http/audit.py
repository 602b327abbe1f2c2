"""The audit trail over HTTP: reading it, verifying it, and what outsiders keep to hold it against later."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, PlainSerializer

from service_kit.audit.canonical import moment
from service_kit.audit.keys import public_pem
from service_kit.audit.verifying import Fault
from service_kit.audit.wording import words
from service_kit.paging import Cursor, Limit
from service_kit.problems import responses
from service_kit.texts import PlainText
from submission_svc.application.queries.audit import (
    list_audit,
    list_checkpoints,
    list_own_audit,
    verify_audit,
)
from submission_svc.entrypoints.http.dependencies import (
    AdministrationCode,
    Asking,
    CycleCode,
    Deps,
    Secretariat,
    SubmissionReader,
)

router = APIRouter(prefix="/api/v1", tags=["audit"])
MOST_VERIFIED = 100_000

Subject = Annotated[PlainText | None, Query(description="Only entries about it: a cycle, or `cycle/administration`")]
After = Annotated[int, Query(ge=0, le=2**62, description="Begin behind this position; 0 is the beginning")]
Most = Annotated[int, Query(ge=1, le=MOST_VERIFIED, description="How many entries are looked at in this answer")]
SealedMoment = Annotated[
    datetime, PlainSerializer(moment), Field(description="To the letter as it is hashed, with microseconds and +00:00")
]


class AuditEntryRead(BaseModel):
    """Who did what, when; once sealed, with its place in the chain."""

    id: int
    at: SealedMoment
    actor: str
    action: str
    subject: str
    detail: dict[str, Any] = Field(description="Counts, digests, reasons; never values")
    position: int | None = Field(description="Place in the chain, within a second after the entry")
    previous_hash: str | None
    hash: str | None = Field(description="SHA-256 over all other fields, as canonical JSON")


class AuditList(BaseModel):
    """A page of the audit trail, the newest entry first."""

    items: list[AuditEntryRead]
    next: str | None = Field(description="Cursor of the next page; null on the last one")


class CheckpointRead(BaseModel):
    """The hash that stood at a position, signed."""

    number: int
    position: int
    hash: str
    at: SealedMoment
    key: str = Field(description="Id of the key that signed it")
    signature: str = Field(description="Ed25519, base64")


class CheckpointList(BaseModel):
    """A page of checkpoints, the newest first."""

    chain: str
    items: list[CheckpointRead]
    next: str | None


class AuditKeyRead(BaseModel):
    """A public key that checkpoints are verified with."""

    id: str
    public_key: str = Field(description="PEM")


class AuditKeyList(BaseModel):
    """The public keys."""

    items: list[AuditKeyRead]


class BreakRead(BaseModel):
    """A place where the chain is broken."""

    fault: Fault
    first: int = Field(description="Position where it begins")
    last: int
    entry: int | None = Field(description="Id of the entry")
    checkpoint: int | None = Field(description="Number of the checkpoint that shows it")
    message: str


class VerificationRead(BaseModel):
    """What was looked at, and what was found; all of the chain has been seen once `next` is null."""

    is_intact: bool
    entries: int
    checkpoints: int
    signatures_checked: bool = Field(description="False where this service was given no key")
    found: int = Field(description="How many breaks there are; the first hundred are listed")
    breaks: list[BreakRead]
    waiting: int = Field(description="Entries that are not sealed yet")
    position: int = Field(description="Up to where the chain was looked at")
    next: int | None = Field(description="Go on with `after` at this position")


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
        return list_checkpoints(connection, limit, cursor)


@router.get("/audit/keys", response_model=AuditKeyList)
def get_audit_keys(viewer: Asking, deps: Deps) -> Any:
    """The public keys that checkpoints are verified with."""
    return {"items": [{"id": name, "public_key": public_pem(key)} for name, key in deps.audit_keys.trusted.items()]}


@router.get("/audit/verify", response_model=VerificationRead, responses=responses(401, 403, 404, 422))
def get_audit_verification(secretariat: Secretariat, deps: Deps, after: After = 0, most: Most = MOST_VERIFIED) -> Any:
    """Recompute the chain, part by part, and say where it is broken: `python -m submission_svc verify-audit` does all.

    It believes nothing that the database says: hashes are computed anew, signatures checked.
    """
    with deps.reader.connect() as connection:
        looked, waiting = verify_audit(connection, secretariat, deps.audit_keys, after, most)
    result = looked.result
    return {
        "is_intact": result.is_intact,
        "entries": result.entries,
        "checkpoints": result.checkpoints,
        "signatures_checked": result.signatures_checked,
        "found": result.found,
        "breaks": [{**vars(each), "message": words(each)} for each in result.breaks],
        "waiting": waiting,
        "position": looked.position,
        "next": looked.next,
    }


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
