"""Frameworks over HTTP: the list, one version with its document, publishing, and the JSON Schema."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from framework_spec.schema import json_schema
from framework_svc.application.commands.publish_framework import Published, PublishFramework, publish_framework
from framework_svc.application.queries.frameworks import list_frameworks, stored_document
from framework_svc.entrypoints.http.dependencies import Deps, Keeper
from service_kit.app import cacheable
from service_kit.errors import Kind, ProblemError
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1", tags=["frameworks"])
FrameworkCode = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
Version = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$")]
MEDIA_TYPES = ("application/yaml", "application/json", "text/yaml", "application/x-yaml")


class FrameworkRead(BaseModel):
    """A published framework version, without its document."""

    code: str
    version: str
    purpose: str
    population: str
    digest: str
    name: dict[str, str] | None
    label: dict[str, str] | None
    published_at: datetime


class FrameworkList(BaseModel):
    """All published framework versions."""

    items: list[FrameworkRead]


@router.get("/frameworks", response_model=FrameworkList)
def get_frameworks(deps: Deps) -> Any:
    """All published versions, by code and version."""
    with deps.reader.connect() as connection:
        return {"items": list_frameworks(connection)}


@router.get("/framework-schema", response_model=dict[str, Any])
def get_framework_schema() -> Any:
    """The JSON Schema of framework documents."""
    return json_schema()


@router.get(
    "/frameworks/{code}/versions/{version}",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}}, 304: {"description": "Not changed"}, **responses(404, 422)},
)
def get_framework_version(code: FrameworkCode, version: Version, request: Request, deps: Deps) -> Response:
    """The document of a published version, as canonical JSON: the bytes that its digest is over. Cacheable for ever."""
    with deps.reader.connect() as connection:
        found = stored_document(connection, code, version)
    response = Response(found.document, media_type="application/json")
    if cacheable(request, response, found.digest, max_age=31_536_000):
        return Response(status_code=304, headers={"etag": response.headers["etag"]})
    return response


@router.post(
    "/frameworks",
    status_code=201,
    response_model=FrameworkRead,
    responses={
        200: {"model": FrameworkRead, "description": "The same document was published before"},
        **responses(401, 403, 409, 413, 415, 422),
    },
    openapi_extra={"requestBody": {"required": True, "content": {kind: {"schema": {}} for kind in MEDIA_TYPES[:2]}}},
)
async def post_framework(request: Request, response: Response, keeper: Keeper, deps: Deps) -> Any:
    """Publish a framework version from its document in YAML or JSON. All faults are reported at once, with lines."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in MEDIA_TYPES:
        raise ProblemError(
            "framework.media_type", Kind.UNSUPPORTED_MEDIA, "Send the document as application/yaml or application/json."
        )
    command = PublishFramework(await request.body(), keeper.subject)
    published = await run_in_threadpool(publish_framework, command, deps.unit_of_work(), deps.clock)
    response.status_code = 201 if published.is_new else 200
    return _read(published)


def _read(published: Published) -> FrameworkRead:
    version = published.version
    document = version.document
    return FrameworkRead(
        code=document.code,
        version=document.version,
        purpose=document.purpose,
        population=document.population,
        digest=version.digest,
        name=document.name,
        label=document.label,
        published_at=version.published_at,
    )
