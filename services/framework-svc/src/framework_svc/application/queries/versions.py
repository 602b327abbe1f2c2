"""Reads the life of a framework's versions: the list with dates, documents, and what applied on a date."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, text

from framework_spec.document import Framework
from framework_spec.formulas import FormulaError, parse_formula
from framework_svc.application.queries.frameworks import stored_document
from service_kit.errors import Kind, ProblemError
from service_kit.paging import cursor_of, key_of

Page = dict[str, Any]


def list_versions(connection: Connection, code: str, limit: int, cursor: str | None) -> Page:
    """The versions of a framework in the order of their publication, a page of them.

    Raises:
        ProblemError: `framework.not_found` (404); `request.cursor` (400).
    """
    require_framework(connection, code)
    after = key_of(cursor, datetime.fromisoformat, str) if cursor is not None else (None, None)
    rows = connection.execute(
        text(
            "select version, digest, purpose, population, published_at, retired_at, retired_reason,"
            " case when retired_at is null then 'published' else 'retired' end as status"
            " from framework_version where code = :code"
            " and (cast(:at as timestamptz) is null or (published_at, version) > (:at, cast(:version as text)))"
            " order by published_at, version limit :limit"
        ),
        {"code": code, "at": after[0], "version": after[1], "limit": limit + 1},
    )
    items = [dict(row) for row in rows.mappings()]
    last = items[limit - 1] if len(items) > limit else None
    return {
        "code": code,
        "items": items[:limit],
        "next": cursor_of(last["published_at"].isoformat(), last["version"]) if last else None,
    }


def require_framework(connection: Connection, code: str) -> None:
    """Refuse a code without any published version.

    Raises:
        ProblemError: `framework.not_found` (404).
    """
    known = connection.execute(text("select 1 from framework_version where code = :code limit 1"), {"code": code})
    if known.one_or_none() is None:
        raise ProblemError("framework.not_found", Kind.NOT_FOUND, f"There is no framework {code}.")


def stored_framework(connection: Connection, code: str, version: str) -> Framework:
    """One published version as a framework.

    Raises:
        ProblemError: `framework.not_found` (404).
    """
    return Framework.model_validate_json(stored_document(connection, code, version).document)


def definition_on(connection: Connection, code: str, kpi: str, on: date) -> dict[str, Any]:
    """The definition of a KPI in the version that was in force on a date (UTC): the newest, unless it was retired.

    Raises:
        ProblemError: `framework.not_found`, `framework.no_version_on_date` or `framework.kpi_not_found` (all 404).
    """
    require_framework(connection, code)
    row = (
        connection.execute(
            text(
                "with life as (select version, digest, document, published_at, retired_at,"
                " lead(version) over (order by published_at, version) as next_version,"
                " lead(published_at) over (order by published_at, version) as next_published_at"
                " from framework_version where code = :code)"
                " select version, digest, cast(document as json) as document, published_at, retired_at,"
                " next_version, next_published_at from life"
                " where cast(published_at at time zone 'UTC' as date) <= :on"
                " and (retired_at is null or cast(retired_at at time zone 'UTC' as date) > :on)"
                " order by published_at desc, version desc limit 1"
            ),
            {"code": code, "on": on},
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        detail = f"No version of {code} was in force on {on.isoformat()}."
        raise ProblemError("framework.no_version_on_date", Kind.NOT_FOUND, detail)
    life = {name: value for name, value in row.items() if name != "document"}
    return {"code": code, "kpi": kpi, "on": on, **life, **_definition(row["document"], code, row["version"], kpi)}


def walk(node: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """All nodes of a stored tree in document order, each with the codes above it."""
    yield node, path
    for child in node.get("children", ()):
        yield from walk(child, (*path, node["code"]))


def _definition(document: dict[str, Any], code: str, version: str, kpi: str) -> dict[str, Any]:
    for node, path in walk(document["root"]):
        if node["code"] == kpi and node["kind"] == "kpi":
            return {"path": list(path), "definition": node, "inputs": _inputs(document, node.get("formula"))}
    detail = f"Version {version} of {code}, in force on that date, has no KPI {kpi}."
    raise ProblemError("framework.kpi_not_found", Kind.NOT_FOUND, detail)


def _inputs(document: dict[str, Any], formula: str | None) -> list[dict[str, Any]]:
    try:
        references = parse_formula(formula).ordered_references if formula else ()
    except FormulaError:  # a catalogue may hold a formula that is words as yet
        references = ()
    used = {name for name, _ in references}
    return [item for item in document.get("inputs", ()) if item["code"] in used]
