"""Drafts of framework versions in PostgreSQL, on the connection of the running transaction."""

import json

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from framework_spec.drafts import Draft
from framework_svc.adapters.db import tables
from framework_svc.domain.draft import FrameworkDraft

TABLE = tables.framework_draft


class SqlFrameworkDrafts:
    """Drafts in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, code: str, version: str) -> FrameworkDraft | None:
        """The draft, locked for this transaction, or None."""
        wanted = select(TABLE).where(TABLE.c.code == code, TABLE.c.version == version).with_for_update()
        row = self._connection.execute(wanted).one_or_none()
        if row is None:
            return None
        return FrameworkDraft(
            code=row.code,
            version=row.version,
            content=Draft(json.loads(row.document)),
            tag=row.tag,
            created_at=row.created_at,
            created_by=row.created_by,
            changed_at=row.changed_at,
            changed_by=row.changed_by,
        )

    def add(self, draft: FrameworkDraft) -> bool:
        """Keep a new draft; False when somebody was faster."""
        row = {
            "code": draft.code,
            "version": draft.version,
            "document": _written(draft),
            "tag": draft.tag,
            "created_at": draft.created_at,
            "created_by": draft.created_by,
            "changed_at": draft.changed_at,
            "changed_by": draft.changed_by,
        }
        statement = insert(TABLE).values(row).on_conflict_do_nothing().returning(TABLE.c.tag)
        return self._connection.execute(statement).one_or_none() is not None

    def save(self, draft: FrameworkDraft) -> None:
        """Keep the present state of a draft."""
        self._connection.execute(
            update(TABLE)
            .where(TABLE.c.code == draft.code, TABLE.c.version == draft.version)
            .values(document=_written(draft), tag=draft.tag, changed_at=draft.changed_at, changed_by=draft.changed_by)
        )

    def remove(self, draft: FrameworkDraft) -> None:
        """Forget a draft; the audit trail keeps what was done with it."""
        self._connection.execute(delete(TABLE).where(TABLE.c.code == draft.code, TABLE.c.version == draft.version))


def _written(draft: FrameworkDraft) -> str:
    return json.dumps(draft.content.document, ensure_ascii=False, allow_nan=False)
