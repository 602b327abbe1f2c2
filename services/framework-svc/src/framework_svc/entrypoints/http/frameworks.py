"""Frameworks over HTTP: the list, publishing, and the JSON Schema."""

import json
from datetime import datetime
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from framework_spec.schema import json_schema
from framework_svc.application.commands.publish_framework import Published, PublishFramework, publish_framework
from framework_svc.application.queries.frameworks import list_frameworks
from framework_svc.entrypoints.http.dependencies import Deps, Keeper
from framework_svc.entrypoints.http.representations import (
    AN_HOUR,
    ASK_AGAIN,
    BODY,
    JSON,
    NOT_CHANGED,
    SentDocument,
    cached_bytes,
    cached_model,
)
from service_kit.paging import Cursor, Limit
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1", tags=["frameworks"])


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
    status: Literal["published", "retired"]


class FrameworkList(BaseModel):
    """A page of the published framework versions."""

    items: list[FrameworkRead]
    next: str | None = Field(description="Cursor of the next page; null on the last one")


@router.get("/frameworks", response_model=FrameworkList, responses={**NOT_CHANGED, **responses(400, 422)})
def get_frameworks(request: Request, deps: Deps, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """All published versions, by code and version."""
    with deps.reader.connect() as connection:
        found = list_frameworks(connection, limit, cursor)
    return cached_model(request, FrameworkList.model_validate(found), ASK_AGAIN)


@router.get("/framework-schema", response_model=dict[str, Any], responses=NOT_CHANGED)
def get_framework_schema(request: Request) -> Response:
    """The JSON Schema of framework documents."""
    return cached_bytes(request, json.dumps(json_schema(), ensure_ascii=False).encode(), JSON, AN_HOUR)


@router.post(
    "/frameworks",
    status_code=201,
    response_model=FrameworkRead,
    responses={
        200: {"model": FrameworkRead, "description": "The same document was published before"},
        **responses(401, 403, 409, 413, 415, 422),
    },
    openapi_extra=BODY,
)
def post_framework(response: Response, keeper: Keeper, source: SentDocument, deps: Deps) -> Any:
    """Publish a framework version from its document in YAML or JSON. All faults are reported at once, with lines."""
    published = publish_framework(PublishFramework(source, keeper.subject), deps.unit_of_work(), deps.clock)
    response.status_code = 201 if published.is_new else 200
    return framework_read(published)


def framework_read(published: Published) -> FrameworkRead:
    """What a publication made."""
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
        status="published" if version.retirement is None else "retired",
    )
