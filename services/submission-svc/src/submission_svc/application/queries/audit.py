"""Reads the audit trail: all of it for the secretariat, its own part for a member; checkpoints for everyone."""

from typing import Any

from sqlalchemy import Connection, text

from access_policy import Viewer
from service_kit.audit import stored
from service_kit.audit.keys import AuditKeys
from service_kit.audit.whole import Looked, verify_stored
from service_kit.errors import Kind, ProblemError
from service_kit.paging import cursor_of, key_of
from submission_svc.application.queries.rights import require_secretariat
from submission_svc.application.queries.submissions import read_submission_state

CHAIN = "submission-svc"
_ENTRIES = text(
    "select id, at, actor, action, subject, detail, position, previous_hash, hash from audit_entry"
    " where (cast(:before as numeric) is null or id < :before) order by id desc limit :most"
)
_ENTRIES_ABOUT = text(
    "select id, at, actor, action, subject, detail, position, previous_hash, hash from audit_entry"
    " where subject = :subject and (cast(:before as numeric) is null or id < :before) order by id desc limit :most"
)
_CHECKPOINTS = text(
    "select number, position, hash, at, key, signature from audit_checkpoint"
    " where cast(:before as numeric) is null or number < :before order by number desc limit :most"
)


def list_audit(
    connection: Connection, viewer: Viewer, subject: str | None, limit: int, cursor: str | None
) -> dict[str, Any]:
    """The trail for the secretariat, the newest entry first, a page of it; only what is about `subject` if given.

    Raises:
        ProblemError: `submission.not_allowed` (403), `request.cursor` (400).
    """
    require_secretariat(viewer)
    return _listed(connection, subject, limit, cursor)


def _listed(connection: Connection, subject: str | None, limit: int, cursor: str | None) -> dict[str, Any]:
    (before,) = key_of(cursor, int) if cursor is not None else (None,)
    wanted = {"before": before, "most": limit + 1}
    if subject is None:
        rows = connection.execute(_ENTRIES, wanted)
    else:
        rows = connection.execute(_ENTRIES_ABOUT, {**wanted, "subject": subject})
    return _page([dict(row) for row in rows.mappings()], limit, "id")


def list_own_audit(
    connection: Connection, viewer: Viewer, cycle: str, administration: str, limit: int, cursor: str | None
) -> dict[str, Any]:
    """What was done with one submission, for those who may read it.

    Raises:
        ProblemError: as `read_submission_state`; `request.cursor` (400).
    """
    read_submission_state(connection, viewer, cycle, administration)
    return _listed(connection, f"{cycle}/{administration}", limit, cursor)


def list_checkpoints(connection: Connection, limit: int, cursor: str | None) -> dict[str, Any]:
    """The signed checkpoints, the newest first, a page of them.

    Raises:
        ProblemError: `request.cursor` (400).
    """
    (before,) = key_of(cursor, int) if cursor is not None else (None,)
    rows = connection.execute(_CHECKPOINTS, {"before": before, "most": limit + 1})
    return {"chain": CHAIN, **_page([dict(row) for row in rows.mappings()], limit, "number")}


def verify_audit(connection: Connection, viewer: Viewer, keys: AuditKeys, after: int, most: int) -> tuple[Looked, int]:
    """Recompute the chain behind a position; what was found, and how many entries wait to be sealed.

    Raises:
        ProblemError: `submission.not_allowed` (403), `audit.no_such_position` (404).
    """
    require_secretariat(viewer)
    looked = verify_stored(connection, CHAIN, keys, after=after, most=most)
    if looked is None:
        detail = f"The chain has no position {after}. Begin with `after=0`, and go on with `next` of the answer."
        raise ProblemError("audit.no_such_position", Kind.NOT_FOUND, detail)
    return looked, stored.count_waiting(connection)


def _page(items: list[dict[str, Any]], limit: int, key: str) -> dict[str, Any]:
    is_more = len(items) > limit
    return {"items": items[:limit], "next": cursor_of(items[limit - 1][key]) if is_more else None}
