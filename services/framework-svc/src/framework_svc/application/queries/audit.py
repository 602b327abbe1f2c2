"""Reads the audit trail of frameworks and registers: for the secretariat only."""

from typing import Any

from sqlalchemy import Connection, text

from service_kit.audit.reading import ENTRY, page_of
from service_kit.paging import key_of


def list_audit_entries(connection: Connection, code: str, limit: int, cursor: str | None) -> dict[str, Any]:
    """What was done with a framework and its drafts, the newest first, a page of it.

    Raises:
        ProblemError: `request.cursor` (400).
    """
    return _entries(connection, code, "starts_with(subject, :subject)", f"{code}@", limit, cursor)


def list_register_audit(connection: Connection, code: str, limit: int, cursor: str | None) -> dict[str, Any]:
    """What was done with a register, the newest first, a page of it.

    Raises:
        ProblemError: `request.cursor` (400).
    """
    return _entries(connection, code, "subject = :subject", code, limit, cursor)


def _entries(
    connection: Connection, code: str, condition: str, subject: str, limit: int, cursor: str | None
) -> dict[str, Any]:
    (before,) = key_of(cursor, int) if cursor is not None else (None,)
    rows = connection.execute(
        text(
            f"select {ENTRY} from audit_entry where {condition}"  # noqa: S608 - constants
            " and (cast(:before as numeric) is null or id < :before) order by id desc limit :limit"
        ),
        {"subject": subject, "before": before, "limit": limit + 1},
    )
    return {"code": code, **page_of([dict(row) for row in rows.mappings()], limit, "id")}
