"""Reads published framework versions; everyone may see them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from service_kit.errors import Kind, ProblemError
from service_kit.paging import cursor_of, key_of


@dataclass(frozen=True)
class StoredDocument:
    """A document as it was published, with its digest."""

    document: str
    digest: str


def list_frameworks(connection: Connection, limit: int, cursor: str | None) -> dict[str, Any]:
    """The versions of all frameworks without their documents, by code and version, a page of them.

    Raises:
        ProblemError: `request.cursor` (400).
    """
    code, version = key_of(cursor, str, str) if cursor is not None else (None, None)
    rows = connection.execute(
        text(
            "select code, version, purpose, population, digest, document::json -> 'name' as name,"
            " document::json -> 'label' as label, published_at,"
            " case when retired_at is null then 'published' else 'retired' end as status"
            " from framework_version"
            " where cast(:code as text) is null or (code, version) > (:code, cast(:version as text))"
            " order by code, version limit :limit"
        ),
        {"code": code, "version": version, "limit": limit + 1},
    )
    items = [dict(row) for row in rows.mappings()]
    last = items[limit - 1] if len(items) > limit else None
    return {"items": items[:limit], "next": cursor_of(last["code"], last["version"]) if last else None}


def stored_document(connection: Connection, code: str, version: str) -> StoredDocument:
    """The document of one version.

    Raises:
        ProblemError: `framework.not_found` (404).
    """
    row = connection.execute(
        text("select document, digest from framework_version where code = :code and version = :version"),
        {"code": code, "version": version},
    ).one_or_none()
    if row is None:
        raise ProblemError("framework.not_found", Kind.NOT_FOUND, f"There is no version {version} of {code}.")
    return StoredDocument(row.document, row.digest)
