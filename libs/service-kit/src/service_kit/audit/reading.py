"""What a service tells of its chain: pages of checkpoints, the public keys, and what a verification has found."""

from typing import Any

from sqlalchemy import Connection, text

from service_kit.audit import stored
from service_kit.audit.keys import AuditKeys, public_pem
from service_kit.audit.whole import verify_stored
from service_kit.audit.wording import words
from service_kit.errors import Kind, ProblemError
from service_kit.paging import cursor_of, key_of

ENTRY = "id, at, actor, action, subject, detail, position, previous_hash, hash"
_CHECKPOINTS = text(
    "select number, position, hash, at, key, signature from audit_checkpoint"
    " where cast(:before as numeric) is null or number < :before order by number desc limit :most"
)


def list_checkpoints(connection: Connection, chain: str, limit: int, cursor: str | None) -> dict[str, Any]:
    """The signed checkpoints, the newest first, a page of them.

    Raises:
        ProblemError: `request.cursor` (400).
    """
    (before,) = key_of(cursor, int) if cursor is not None else (None,)
    rows = connection.execute(_CHECKPOINTS, {"before": before, "most": limit + 1})
    return {"chain": chain, **page_of([dict(row) for row in rows.mappings()], limit, "number")}


def page_of(items: list[dict[str, Any]], limit: int, key: str) -> dict[str, Any]:
    """A page of rows, the newest first, of which one more than `limit` was asked for."""
    is_more = len(items) > limit
    return {"items": items[:limit], "next": cursor_of(items[limit - 1][key]) if is_more else None}


def list_keys(keys: AuditKeys) -> dict[str, Any]:
    """The public keys that checkpoints are verified with."""
    return {"items": [{"id": name, "public_key": public_pem(key)} for name, key in keys.trusted.items()]}


def verify(connection: Connection, chain: str, keys: AuditKeys, after: int, most: int) -> dict[str, Any]:
    """Recompute the chain behind a position, and say what was found.

    Raises:
        ProblemError: `audit.no_such_position` (404).
    """
    looked = verify_stored(connection, chain, keys, after=after, most=most)
    if looked is None:
        detail = f"The chain has no position {after}. Begin with `after=0`, and go on with `next` of the answer."
        french = f"La chaîne n'a pas de position {after}. Commencez par `after=0`, puis suivez `next` de la réponse."
        raise ProblemError("audit.no_such_position", Kind.NOT_FOUND, detail, french=french)
    result = looked.result
    return {
        "is_intact": result.is_intact,
        "entries": result.entries,
        "checkpoints": result.checkpoints,
        "signatures_checked": result.signatures_checked,
        "found": result.found,
        "breaks": [{**vars(each), "message": words(each)} for each in result.breaks],
        "waiting": stored.count_waiting(connection),
        "position": looked.position,
        "next": looked.next,
    }
