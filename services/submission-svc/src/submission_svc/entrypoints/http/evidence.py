"""Evidence over HTTP: files come in as they are, and go out as attachments that nothing renders."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field
from starlette.requests import ClientDisconnect

from service_kit.errors import Kind, ProblemError
from service_kit.problems import responses
from submission_svc.application.commands.add_evidence import AddEvidence, add_evidence
from submission_svc.application.commands.remove_evidence import RemoveEvidence, remove_evidence
from submission_svc.application.ports.evidence import EvidenceStore, IncomingFile
from submission_svc.application.queries.evidence import find_evidence, list_evidence
from submission_svc.domain.evidence import LONGEST_NAME, Evidence
from submission_svc.entrypoints.http.dependencies import AdministrationCode, Asking, CycleCode, Deps, Pusher
from submission_svc.entrypoints.http.moments import AsOf

router = APIRouter(prefix="/api/v1/cycles/{cycle}/submissions/{administration}/evidence", tags=["evidence"])

EvidenceId = Annotated[UUID, Path(description="Id of the evidence")]
About = Annotated[str, Query(min_length=1, max_length=64, description="Code of the KPI or input that it stands for")]
Name = Annotated[str, Query(min_length=1, max_length=4 * LONGEST_NAME, description="Name of the file")]

# Whatever the file is: it is saved and never shown, no program guesses what it might be, and no cache keeps it.
ALWAYS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, no-store",
    "vary": "authorization",
}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file itself, as with `curl --data-binary @report.pdf`; no form. Its type is found by its "
        "content: PDF, PNG, JPEG, DOCX, XLSX, CSV or TXT.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, as an attachment",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class EvidenceRead(BaseModel):
    """A file that stands for the answer of a KPI or an input."""

    id: UUID
    about: str
    name: str
    media_type: str = Field(description="By content")
    size: int = Field(description="Bytes")
    sha256: str
    added_at: datetime
    removed_at: datetime | None = Field(description="Null while it has not been taken away")


class EvidenceAdded(EvidenceRead):
    """What was added."""

    is_new: bool = Field(description="False when the same file stood for this already, and nothing was changed")
    note: str | None = Field(description="What is to be said about it, as when the name tells of another type")


class EvidenceList(BaseModel):
    """Evidence by code and name."""

    items: list[EvidenceRead]


@router.post(
    "",
    status_code=201,
    response_model=EvidenceAdded,
    responses={
        200: {"model": EvidenceAdded, "description": "The same file stood for this already"},
        **responses(401, 403, 404, 409, 413, 415, 422, 503, 507),
    },
    openapi_extra=BODY,
)
async def post_evidence(
    cycle: CycleCode,
    administration: AdministrationCode,
    about: About,
    name: Name,
    request: Request,
    pusher: Pusher,
    deps: Deps,
    response: Response,
) -> Any:
    """Add a file to the draft; the first one begins it. Sending the same file again changes nothing.

    Content says what a file is; where its name says something else, content wins and `note` tells so. Files are not
    scanned for viruses.
    """
    _refuse_forms(request)
    command = AddEvidence(cycle, administration, about, name, pusher.subject)
    async with _incoming(request, deps.evidence.store) as file:
        added = await run_in_threadpool(add_evidence, command, file, deps.unit_of_work(), deps.evidence, deps.clock)
    response.status_code = 201 if added.is_new else 200
    response.headers["location"] = f"{request.url.path}/{added.evidence.id}"
    return {**_read(added.evidence), "is_new": added.is_new, "note": added.note}


@router.get("", response_model=EvidenceList, responses=responses(401, 403, 404, 422))
def get_evidence_list(
    cycle: CycleCode, administration: AdministrationCode, viewer: Asking, deps: Deps, as_of: AsOf
) -> Any:
    """The evidence that you may see: all for the member, the secretariat and assigned reviewers.

    Others see that of the content in force, as the KPI is disclosed; of an input, as all KPIs are that are connected
    with it. `as_of` is for those who see all.
    """
    with deps.reader.connect() as connection:
        found = list_evidence(connection, deps.evidence.codes, viewer, cycle, administration, as_of)
    return {"items": [_read(each) for each in found]}


@router.get("/{evidence}", response_model=EvidenceRead, responses=responses(401, 403, 404, 422))
def get_evidence(
    cycle: CycleCode, administration: AdministrationCode, evidence: EvidenceId, viewer: Asking, deps: Deps
) -> Any:
    """What is known of one file, without its content."""
    with deps.reader.connect() as connection:
        return _read(find_evidence(connection, deps.evidence.codes, viewer, cycle, administration, evidence))


@router.get(
    "/{evidence}/content",
    response_class=StreamingResponse,
    responses={**FILE, **responses(401, 403, 404, 422, 503)},
)
def get_evidence_content(
    cycle: CycleCode, administration: AdministrationCode, evidence: EvidenceId, viewer: Asking, deps: Deps
) -> Response:
    """The file, to be saved: always an attachment. It was not scanned for viruses."""
    with deps.reader.connect() as connection:
        found = find_evidence(connection, deps.evidence.codes, viewer, cycle, administration, evidence)
    headers = {
        **ALWAYS,
        "content-disposition": attachment(found.name),
        "content-length": str(found.size),
        "content-type": found.media_type,
    }
    return StreamingResponse(deps.evidence.store.read(found.file, found.sha256), headers=headers)


@router.delete("/{evidence}", status_code=204, responses=responses(401, 403, 404, 409, 422))
def delete_evidence(
    cycle: CycleCode, administration: AdministrationCode, evidence: EvidenceId, pusher: Pusher, deps: Deps
) -> None:
    """Take a file away from the draft. What was submitted and accepted with it keeps it."""
    remove_evidence(RemoveEvidence(cycle, administration, evidence, pusher.subject), deps.unit_of_work(), deps.clock)


def attachment(name: str) -> str:
    """Content-Disposition (RFC 6266): the name in ASCII for old programs, and as it is for all others."""
    plain = "".join(each if each.isascii() and each.isprintable() and each not in '"\\%;' else "_" for each in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _refuse_forms(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        detail = "Send the file itself as the body, not a form: curl --data-binary @report.pdf, without -F."
        french = "Envoyez le fichier lui-même, sans formulaire : curl --data-binary @rapport.pdf, sans -F."
        raise ProblemError("evidence.media_type", Kind.UNSUPPORTED_MEDIA, detail, french=french)


@asynccontextmanager
async def _incoming(request: Request, store: EvidenceStore) -> AsyncIterator[IncomingFile]:
    """The body, on the disk; whatever happens, nothing of it stays unless it was kept."""
    file = await run_in_threadpool(store.begin)
    try:
        async for chunk in request.stream():
            await run_in_threadpool(file.write, chunk)
        yield file
    except ClientDisconnect:
        detail = "The connection ended before the file was whole. Nothing was saved; send it again."
        french = "La connexion s'est coupée avant la fin du fichier. Rien n'a été enregistré ; renvoyez-le."
        raise ProblemError("evidence.cut_off", Kind.MALFORMED, detail, french=french) from None
    finally:
        await run_in_threadpool(file.discard)


def _read(found: Evidence) -> dict[str, Any]:
    return {
        "id": found.id,
        "about": found.about,
        "name": found.name,
        "media_type": found.media_type,
        "size": found.size,
        "sha256": found.sha256,
        "added_at": found.since,
        "removed_at": found.until,
    }
