"""Reads drafts of frameworks: for the secretariat only."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from framework_spec.drafts import Draft
from framework_spec.problems import Problem
from framework_svc.domain.draft import no_draft
from service_kit.paging import cursor_of, key_of


@dataclass(frozen=True)
class StoredDraft:
    """A draft as it was written, with its tag."""

    document: dict[str, Any]
    tag: str

    def problems(self) -> tuple[Problem, ...]:
        """Everything that stands between the draft and its publication, and what else is advised."""
        return Draft(self.document).problems()


def list_drafts(connection: Connection, code: str, limit: int, cursor: str | None) -> dict[str, Any]:
    """The drafts of a framework by version, a page of them; none for a framework without drafts.

    Raises:
        ProblemError: `request.cursor` (400).
    """
    (after,) = key_of(cursor, str) if cursor is not None else (None,)
    rows = connection.execute(
        text(
            "select code, version, tag, created_at, created_by, changed_at, changed_by from framework_draft"
            " where code = :code and (cast(:after as text) is null or version > :after)"
            " order by version limit :limit"
        ),
        {"code": code, "after": after, "limit": limit + 1},
    )
    items = [dict(row) for row in rows.mappings()]
    return {
        "code": code,
        "items": items[:limit],
        "next": cursor_of(items[limit - 1]["version"]) if len(items) > limit else None,
    }


def stored_draft(connection: Connection, code: str, version: str) -> StoredDraft:
    """One draft.

    Raises:
        ProblemError: `framework.draft_not_found` (404).
    """
    row = connection.execute(
        text("select document, tag from framework_draft where code = :code and version = :version"),
        {"code": code, "version": version},
    ).one_or_none()
    if row is None:
        raise no_draft(code, version, is_published=_is_published(connection, code, version))
    return StoredDraft(json.loads(row.document), row.tag)


def _is_published(connection: Connection, code: str, version: str) -> bool:
    wanted = text("select 1 from framework_version where code = :code and version = :version")
    return connection.execute(wanted, {"code": code, "version": version}).one_or_none() is not None
