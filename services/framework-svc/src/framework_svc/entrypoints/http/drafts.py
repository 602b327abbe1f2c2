"""Drafts over HTTP, for the secretariat: the list, a whole draft, what is wrong with it, its publication."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from framework_spec.writing import to_json, to_yaml
from framework_svc.application.commands.clone_version import CloneVersion, clone_version
from framework_svc.application.commands.delete_draft import DeleteDraft, delete_draft
from framework_svc.application.commands.drafts import Saved
from framework_svc.application.commands.publish_draft import PublishDraft, publish_draft
from framework_svc.application.commands.put_draft import PutDraft, put_draft
from framework_svc.application.queries.catalogue import difference_of
from framework_svc.application.queries.drafts import list_drafts, stored_draft
from framework_svc.application.queries.versions import stored_framework
from framework_svc.entrypoints.http.catalogue import DIFFERENCE_VARY, DifferenceRead, VersionAsked, difference_as
from framework_svc.entrypoints.http.dependencies import Deps, Insider, Keeper
from framework_svc.entrypoints.http.frameworks import FrameworkRead, framework_read
from framework_svc.entrypoints.http.representations import (
    BODY,
    JSON,
    TEXT,
    VERSION,
    YAML,
    FrameworkCode,
    Language,
    SentDocument,
    Version,
    in_forms,
    preferred,
)
from framework_svc.entrypoints.http.tags import TAG_HEADER, Expected
from service_kit.paging import Cursor, Limit
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1/frameworks/{code}", tags=["drafts"])
TAGGED: dict[int | str, dict[str, Any]] = {200: {"headers": TAG_HEADER}}


class DraftRead(BaseModel):
    """A draft without its document."""

    code: str
    version: str
    tag: str = Field(description="Digest over the canonical form of the draft; in quotes it is the ETag")
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str


class DraftSaved(DraftRead):
    """A draft as it is now, and what the request changed in it."""

    changes: dict[str, list[str]] = Field(description="Sentences by language; empty for a new or unchanged draft")


class DraftList(BaseModel):
    """A page of the drafts of a framework, by version."""

    code: str
    items: list[DraftRead]
    next: str | None = Field(description="Cursor of the next page; null on the last one")


class DraftProblem(BaseModel):
    """What stands between a draft and its publication (error), or is advised (warning)."""

    code: str
    path: str
    message: str
    severity: Literal["error", "warning"]


class DraftProblems(BaseModel):
    """All of it at once, in the order of the document."""

    tag: str
    errors: int
    warnings: int
    items: list[DraftProblem]


class Clone(BaseModel):
    """Which version the clone is to become."""

    model_config = ConfigDict(extra="forbid")
    version: Annotated[str, Field(pattern=VERSION)]


def draft_saved(response: Response, saved: Saved) -> DraftSaved:
    """Say what a draft is now and which state this is."""
    draft = saved.draft
    response.headers["etag"] = f'"{draft.tag}"'
    return DraftSaved(
        code=draft.code,
        version=draft.version,
        tag=draft.tag,
        created_at=draft.created_at,
        created_by=draft.created_by,
        changed_at=draft.changed_at,
        changed_by=draft.changed_by,
        changes=saved.changes,
    )


@router.get("/drafts", response_model=DraftList, responses=responses(400, 401, 403, 422))
def get_framework_drafts(
    code: FrameworkCode, insider: Insider, deps: Deps, limit: Limit = 50, cursor: Cursor = None
) -> Any:
    """The drafts of a framework, by version."""
    with deps.reader.connect() as connection:
        return list_drafts(connection, code, limit, cursor)


@router.get(
    "/drafts/{version}", response_class=Response, responses={**in_forms(JSON, YAML), **responses(401, 403, 404, 422)}
)
def get_framework_draft(
    code: FrameworkCode, version: Version, request: Request, insider: Insider, deps: Deps
) -> Response:
    """The draft as JSON, or as YAML with Accept: application/yaml. Its ETag is what changes of it ask for."""
    with deps.reader.connect() as connection:
        found = stored_draft(connection, code, version)
    kind = preferred(request, JSON, YAML)
    etag = f'"{found.tag}"' if kind == JSON else f'"{found.tag};yaml"'
    headers = {"etag": etag, "vary": "accept"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    written = to_json(found.document) if kind == JSON else to_yaml(found.document)
    return Response(written.encode(), media_type=kind, headers=headers)


@router.put(
    "/drafts/{version}",
    response_model=DraftSaved,
    responses={
        **TAGGED,
        201: {"model": DraftSaved, "description": "The draft is new", "headers": TAG_HEADER},
        **responses(400, 401, 403, 409, 412, 413, 415, 422, 428),
    },
    openapi_extra=BODY,
)
def put_framework_draft(
    code: FrameworkCode,
    version: Version,
    response: Response,
    keeper: Keeper,
    expected: Expected,
    source: SentDocument,
    deps: Deps,
) -> Any:
    """Begin a draft, or replace the one that you have read, with a document in YAML or JSON that may have gaps."""
    command = PutDraft(code, version, source, expected, keeper.subject)
    saved = put_draft(command, deps.unit_of_work(), deps.clock)
    response.status_code = 201 if saved.is_new else 200
    return draft_saved(response, saved)


@router.delete("/drafts/{version}", status_code=204, responses=responses(401, 403, 404, 412, 422, 428))
def delete_framework_draft(
    code: FrameworkCode, version: Version, keeper: Keeper, expected: Expected, deps: Deps
) -> None:
    """Delete the draft that you have read."""
    delete_draft(DeleteDraft(code, version, expected, keeper.subject), deps.unit_of_work())


@router.get("/drafts/{version}/problems", response_model=DraftProblems, responses=responses(401, 403, 404, 422))
def get_framework_draft_problems(code: FrameworkCode, version: Version, insider: Insider, deps: Deps) -> Any:
    """All that stands between the draft and its publication for its purpose, and what else is advised."""
    with deps.reader.connect() as connection:
        found = stored_draft(connection, code, version)
    items = [
        DraftProblem(code=each.code, path=each.path, message=each.message, severity=each.severity)
        for each in found.problems()
    ]
    errors = sum(item.severity == "error" for item in items)
    return DraftProblems(tag=found.tag, errors=errors, warnings=len(items) - errors, items=items)


@router.get(
    "/drafts/{version}/difference",
    response_model=DifferenceRead,
    responses={200: {"content": {TEXT: {}}}, **responses(401, 403, 404, 422)},
)
def get_framework_draft_difference(
    code: FrameworkCode,
    version: Version,
    since: VersionAsked,
    request: Request,
    insider: Insider,
    deps: Deps,
    language: Language,
) -> Response:
    """What the draft changes of a published version (`since`), and what that breaks; Accept: text/plain gives text."""
    with deps.reader.connect() as connection:
        old = stored_framework(connection, code, since)
        new = stored_draft(connection, code, version)
    document, sentences = difference_of(old, new.document, language)
    kind = preferred(request, JSON, TEXT)
    return Response(difference_as(kind, document, sentences), media_type=kind, headers={"vary": DIFFERENCE_VARY})


@router.post(
    "/drafts/{version}/publish",
    status_code=201,
    response_model=FrameworkRead,
    responses={
        200: {"model": FrameworkRead, "description": "The same document was published before"},
        **responses(401, 403, 404, 409, 412, 422, 428),
    },
)
def post_publish_framework_draft(
    code: FrameworkCode, version: Version, response: Response, keeper: Keeper, expected: Expected, deps: Deps
) -> Any:
    """Publish the draft that you have read. It becomes a version that never changes; all faults are told at once."""
    command = PublishDraft(code, version, expected, keeper.subject)
    published = publish_draft(command, deps.unit_of_work(), deps.clock)
    response.status_code = 201 if published.is_new else 200
    return framework_read(published)


@router.post(
    "/versions/{version}/clone",
    status_code=201,
    response_model=DraftSaved,
    responses={201: {"headers": TAG_HEADER}, **responses(400, 401, 403, 404, 409, 413, 422)},
)
def post_clone_framework_version(
    code: FrameworkCode, version: Version, body: Clone, response: Response, keeper: Keeper, deps: Deps
) -> Any:
    """Begin the next version as a draft that is a clone of a published one."""
    command = CloneVersion(code, version, body.version, keeper.subject)
    return draft_saved(response, clone_version(command, deps.unit_of_work(), deps.clock))
