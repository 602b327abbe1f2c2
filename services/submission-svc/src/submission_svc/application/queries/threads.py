"""Reads threads for those who may read the submission: the member, the secretariat, an assigned reviewer."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from access_policy import Viewer
from submission_svc.application.queries.submissions import read_submission_state
from submission_svc.domain.thread import thread_not_found

_THREADS = text(
    "select id, kind, code, status, opened_at, resolved_at, resolved_by from thread"
    " where submission = :submission order by opened_at, id"
)
_COMMENTS = text(
    "select thread, at, party as by, text from thread_comment"
    " where thread in (select id from thread where submission = :submission) order by id"
)


def list_threads(connection: Connection, viewer: Viewer, cycle: str, administration: str) -> list[dict[str, Any]]:
    """All threads of a submission with their comments, the oldest first; refuses like `read_submission`."""
    wanted = {"submission": read_submission_state(connection, viewer, cycle, administration)["id"]}
    threads = {row.id: {**row._mapping, "comments": []} for row in connection.execute(_THREADS, wanted)}
    for row in connection.execute(_COMMENTS, wanted).mappings():
        threads[row["thread"]]["comments"].append(dict(row))
    return list(threads.values())


def read_thread(
    connection: Connection, viewer: Viewer, cycle: str, administration: str, thread: UUID
) -> dict[str, Any]:
    """One thread; refuses like `read_submission`, and with `thread.not_found` (404)."""
    for each in list_threads(connection, viewer, cycle, administration):
        if each["id"] == thread:
            return each
    raise thread_not_found(thread)
