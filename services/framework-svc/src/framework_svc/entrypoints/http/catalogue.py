"""Questions to published versions over HTTP: KPIs by SDG, tool and outcome, language gaps, rule pack, difference."""

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from framework_spec.rules import rule_pack
from framework_svc.application.published import Representation
from framework_svc.application.queries.catalogue import Wanted, difference_of, gaps_of, kpis_with_links
from framework_svc.application.queries.frameworks import stored_document
from framework_svc.application.queries.versions import stored_framework
from framework_svc.entrypoints.http.dependencies import Deps
from framework_svc.entrypoints.http.representations import (
    AN_HOUR,
    JSON,
    NOT_CHANGED,
    TEXT,
    VERSION,
    FrameworkCode,
    Language,
    Version,
    cached_bytes,
    cached_model,
    preferred,
)
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1/frameworks/{code}", tags=["frameworks"])
DIFFERENCE_VARY = "accept, accept-language"
VersionAsked = Annotated[str, Query(pattern=VERSION)]


class KpiItem(BaseModel):
    """A KPI with what it speaks to. What is inferred is this project's reading and not the WCO's text."""

    code: str
    name: dict[str, str] | None
    path: list[str] = Field(description="The codes of the nodes above it, from the root down")
    kpi_kind: str | None
    direction: str | None
    responsible: str | None
    sdgs: list[int]
    tools: list[str]
    tools_inferred: list[str]


class SdgLink(BaseModel):
    """An SDG and the listed KPIs that speak to it."""

    sdg: int
    kpis: list[str]


class ToolLink(BaseModel):
    """A WCO tool and the listed KPIs that it supports."""

    tool: str
    kpis: list[str]
    kpis_inferred: list[str]


class KpiList(BaseModel):
    """The KPIs asked for, and the SDGs and tools that they lead to."""

    code: str
    version: str
    items: list[KpiItem]
    sdgs: list[SdgLink]
    tools: list[ToolLink]


class LanguageGapRead(BaseModel):
    """A text that is not written in all languages of the framework."""

    path: str
    code: str | None = Field(description="Code of the nearest node, input, band or rule around the text")
    languages: list[str] = Field(description="The languages that are missing")


class LanguageGapList(BaseModel):
    """The language gaps of a version."""

    code: str
    version: str
    languages: list[str]
    items: list[LanguageGapRead]


class SideRead(BaseModel):
    """Which version stands on one side of a difference."""

    code: str
    version: str
    digest: str


class ChangeRead(BaseModel):
    """One change: what happened to which field of which thing, and which time series it breaks."""

    kind: str
    subject: str
    code: str
    path: str
    field: str | None
    before: Any
    after: Any
    breaks: Literal["values", "scores"] | None
    breaks_series: bool
    name: dict[str, str] | None
    kpis: list[str]


class DifferenceRead(BaseModel):
    """The semantic difference between two versions, and the same in sentences."""

    old: SideRead
    new: SideRead
    breaks_series: bool
    changes: list[ChangeRead]
    sentences: list[str]


@router.get("/versions/{version}/kpis", response_model=KpiList, responses={**NOT_CHANGED, **responses(404, 422)})
def get_framework_kpis(
    code: FrameworkCode,
    version: Version,
    request: Request,
    deps: Deps,
    sdg: Annotated[int | None, Query(ge=1, le=17, description="KPIs that speak to this SDG")] = None,
    tool: Annotated[str | None, Query(max_length=200, description="KPIs that this WCO tool supports")] = None,
    below: Annotated[
        str | None, Query(pattern=r"^[A-Z][A-Z0-9-]{0,63}$", description="KPIs of this node: its tools support it")
    ] = None,
) -> Response:
    """KPIs with their SDGs and WCO tools, in both directions: KPIs of an SDG or a tool, tools of an outcome."""
    with deps.reader.connect() as connection:
        document = json.loads(stored_document(connection, code, version).document)
    found = kpis_with_links(document, Wanted(sdg, tool, below))
    return cached_model(request, KpiList.model_validate(found), AN_HOUR)


@router.get(
    "/versions/{version}/language-gaps",
    response_model=LanguageGapList,
    responses={**NOT_CHANGED, **responses(404, 422)},
)
def get_framework_language_gaps(
    code: FrameworkCode,
    version: Version,
    request: Request,
    deps: Deps,
    language: Annotated[str | None, Query(max_length=8, description="Only gaps of this language")] = None,
) -> Response:
    """The texts of a version that are not written in all of its languages, each with its place."""
    with deps.reader.connect() as connection:
        framework = stored_framework(connection, code, version)
    items = [LanguageGapRead.model_validate(gap) for gap in gaps_of(framework, language)]
    found = LanguageGapList(code=code, version=version, languages=list(framework.languages), items=items)
    return cached_model(request, found, AN_HOUR)


@router.get(
    "/versions/{version}/rule-pack",
    response_model=dict[str, Any],
    responses={**NOT_CHANGED, **responses(404, 422)},
)
def get_framework_rule_pack(code: FrameworkCode, version: Version, request: Request, deps: Deps) -> Response:
    """All that checks answers, in its canonical form: the bytes that its digest is over. The ETag is the digest."""
    form = deps.published.get((code, version, "rule-pack"), lambda: _packed(code, version, deps))
    return cached_bytes(request, form.content, JSON, AN_HOUR, form.etag)


def _packed(code: str, version: str, deps: Deps) -> Representation:
    with deps.reader.connect() as connection:
        pack = rule_pack(stored_framework(connection, code, version))
    return Representation(pack.canonical_json(), pack.digest())


@router.get(
    "/difference",
    response_model=DifferenceRead,
    responses={200: {"content": {TEXT: {}}}, **NOT_CHANGED, **responses(404, 422)},
)
def get_framework_difference(
    code: FrameworkCode,
    request: Request,
    deps: Deps,
    earlier: Annotated[VersionAsked, Query(alias="from")],
    later: Annotated[VersionAsked, Query(alias="to")],
    language: Language,
) -> Response:
    """What changed from one published version to another, and what that breaks; with Accept: text/plain as text."""
    with deps.reader.connect() as connection:
        old = stored_framework(connection, code, earlier)
        new = stored_framework(connection, code, later)
    document, sentences = difference_of(old, new, language)
    kind = preferred(request, JSON, TEXT)
    return cached_bytes(request, difference_as(kind, document, sentences), kind, AN_HOUR, vary=DIFFERENCE_VARY)


def difference_as(kind: str, document: dict[str, Any], sentences: list[str]) -> bytes:
    """A difference as JSON, or as text with a sentence on each line."""
    if kind == TEXT:
        return "".join(f"{each}\n" for each in sentences).encode()
    return DifferenceRead.model_validate({**document, "sentences": sentences}).model_dump_json(by_alias=True).encode()
