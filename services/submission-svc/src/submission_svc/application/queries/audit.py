"""Reads the audit trail: all of it for the secretariat, its own part for a member."""

from typing import Any

from sqlalchemy import Connection, text

from access_policy import Viewer
from service_kit.audit.keys import AuditKeys
from service_kit.audit.reading import ENTRY, page_of, verify
from service_kit.paging import key_of
from submission_svc.application.queries.rights import require_secretariat
from submission_svc.application.queries.submissions import read_submission_state

CHAIN = "submission-svc"
_ENTRIES = text(
    f"select {ENTRY} from audit_entry"  # noqa: S608 - constant text
    " where (cast(:before as numeric) is null or id < :before) order by id desc limit :most"
)
_ENTRIES_ABOUT = text(
    f"select {ENTRY} from audit_entry where subject = :subject"  # noqa: S608 - constant text
    " and (cast(:before as numeric) is null or id < :before) order by id desc limit :most"
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
    return page_of([dict(row) for row in rows.mappings()], limit, "id")


def list_own_audit(
    connection: Connection, viewer: Viewer, cycle: str, administration: str, limit: int, cursor: str | None
) -> dict[str, Any]:
    """What was done with one submission, for those who may read it.

    Raises:
        ProblemError: as `read_submission_state`; `request.cursor` (400).
    """
    read_submission_state(connection, viewer, cycle, administration)
    return _listed(connection, f"{cycle}/{administration}", limit, cursor)


def verify_audit(connection: Connection, viewer: Viewer, keys: AuditKeys, after: int, most: int) -> dict[str, Any]:
    """Recompute the chain behind a position, and say what was found.

    Raises:
        ProblemError: `submission.not_allowed` (403), `audit.no_such_position` (404).
    """
    require_secretariat(viewer)
    return verify(connection, CHAIN, keys, after, most)
