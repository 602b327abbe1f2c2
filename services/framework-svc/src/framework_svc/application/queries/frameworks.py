"""Reads published framework versions; everyone may see them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from service_kit.errors import Kind, ProblemError


@dataclass(frozen=True)
class StoredDocument:
    """A document as it was published, with its digest."""

    document: str
    digest: str


def list_frameworks(connection: Connection) -> list[dict[str, Any]]:
    """All versions without their documents, by code and version."""
    rows = connection.execute(
        text(
            "select code, version, purpose, population, digest, document::json -> 'name' as name,"
            " document::json -> 'label' as label, published_at,"
            " case when retired_at is null then 'published' else 'retired' end as status"
            " from framework_version order by code, version"
        )
    )
    return [dict(row) for row in rows.mappings()]


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
