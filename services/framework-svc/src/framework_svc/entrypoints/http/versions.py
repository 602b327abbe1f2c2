"""The versions of a framework over HTTP: the list, one version, its retirement, and the definition on a date."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from framework_spec.document import Framework
from framework_spec.writing import to_yaml
from framework_svc.application.commands.retire_version import RetireVersion, retire_version
from framework_svc.application.published import Representation
from framework_svc.application.queries.frameworks import stored_document
from framework_svc.application.queries.versions import definition_on, list_versions
from framework_svc.entrypoints.http.dependencies import Deps, Keeper
from framework_svc.entrypoints.http.representations import (
    ASK_AGAIN,
    FOR_EVER,
    JSON,
    NOT_CHANGED,
    YAML,
    FrameworkCode,
    Version,
    cached_bytes,
    cached_model,
    in_forms,
    preferred,
)
from service_kit.paging import Cursor, Limit
from service_kit.problems import responses
from service_kit.texts import PlainText

router = APIRouter(prefix="/api/v1/frameworks/{code}", tags=["frameworks"])


class VersionRead(BaseModel):
    """A version and its dates. A retired version stays readable, and its cycles go on being scored."""

    version: str
    status: Literal["published", "retired"]
    digest: str
    purpose: str
    population: str
    published_at: datetime
    retired_at: datetime | None
    retired_reason: str | None


class VersionList(BaseModel):
    """A page of the versions of a framework, in the order of their publication."""

    code: str
    items: list[VersionRead]
    next: str | None = Field(description="Cursor of the next page; null on the last one")


class Retire(BaseModel):
    """Why a version is retired."""

    model_config = ConfigDict(extra="forbid")
    reason: PlainText


class DefinitionRead(BaseModel):
    """Which definition of a KPI applied on a date, in which version, and when that version was in force."""

    code: str
    kpi: str
    on: date
    version: str
    digest: str
    published_at: datetime
    retired_at: datetime | None
    next_version: str | None = Field(description="The version published after this one, where there is one")
    next_published_at: datetime | None
    path: list[str] = Field(description="The codes of the nodes above the KPI, from the root down")
    definition: dict[str, Any] = Field(description="The KPI as its version defines it")
    inputs: list[dict[str, Any]] = Field(description="The inputs of its formula as the version defines them")


@router.get("/versions", response_model=VersionList, responses={**NOT_CHANGED, **responses(400, 404, 422)})
def get_framework_versions(
    code: FrameworkCode, request: Request, deps: Deps, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """The versions of a framework with their status and dates, in the order of their publication."""
    with deps.reader.connect() as connection:
        found = list_versions(connection, code, limit, cursor)
    return cached_model(request, VersionList.model_validate(found), ASK_AGAIN)


@router.get(
    "/versions/{version}",
    response_class=Response,
    responses={**in_forms(JSON, YAML), **responses(404, 422)},
)
def get_framework_version(code: FrameworkCode, version: Version, request: Request, deps: Deps) -> Response:
    """The document of a published version, cacheable for ever.

    As JSON it is the canonical form: the bytes that its digest is over. With Accept: application/yaml it is written for
    people to read and edit, and reads back as the same document.
    """
    kind = preferred(request, JSON, YAML)
    form = deps.published.get((code, version, kind), lambda: _form(code, version, kind, deps))
    return cached_bytes(request, form.content, kind, FOR_EVER, form.etag)


def _form(code: str, version: str, kind: str, deps: Deps) -> Representation:
    with deps.reader.connect() as connection:
        found = stored_document(connection, code, version)
    if kind == JSON:
        return Representation(found.document.encode(), found.digest)
    written = to_yaml(Framework.model_validate_json(found.document))
    return Representation(written.encode(), f"{found.digest};yaml")


@router.post(
    "/versions/{version}/retire", response_model=VersionRead, responses=responses(400, 401, 403, 404, 409, 413, 422)
)
def post_retire_framework_version(
    code: FrameworkCode, version: Version, body: Retire, keeper: Keeper, deps: Deps
) -> Any:
    """Retire a version. It stays readable and its cycles go on being scored; nothing new should begin with it."""
    command = RetireVersion(code, version, body.reason, keeper.subject)
    retired = retire_version(command, deps.unit_of_work(), deps.clock)
    return VersionRead(
        version=version,
        status="retired",
        digest=retired.digest,
        purpose=retired.document.purpose,
        population=retired.document.population,
        published_at=retired.published_at,
        retired_at=retired.retirement.at if retired.retirement else None,
        retired_reason=retired.retirement.reason if retired.retirement else None,
    )


@router.get("/definitions/{kpi}", response_model=DefinitionRead, responses={**NOT_CHANGED, **responses(404, 422)})
def get_framework_definition(
    code: FrameworkCode,
    kpi: Annotated[str, Path(pattern=r"^[A-Z][A-Z0-9-]{0,63}$")],
    request: Request,
    deps: Deps,
    on: Annotated[date | None, Query(description="A date in UTC; today when left out")] = None,
) -> Response:
    """Which definition applied to a KPI on a date: that of the newest version that was published and not retired."""
    with deps.reader.connect() as connection:
        found = definition_on(connection, code, kpi, on or deps.clock().astimezone(UTC).date())
    return cached_model(request, DefinitionRead.model_validate(found), ASK_AGAIN)
