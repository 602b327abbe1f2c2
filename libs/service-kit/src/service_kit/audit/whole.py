"""Verifies a stored chain: the whole of it, or a part after a position; and checkpoints that somebody has kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, text

from service_kit.audit import stored
from service_kit.audit.canonical import FIRST, Checkpoint, checkpoint_bytes
from service_kit.audit.keys import AuditKeys
from service_kit.audit.sealing import MOST_UNSIGNED
from service_kit.audit.verifying import Break, Fault, Verification, Verifier


@dataclass(frozen=True)
class Looked:
    """What was found up to `position`; `next` is where to go on, None at the end of the chain."""

    result: Verification
    position: int
    next: int | None


def verify_stored(
    connection: Connection, chain: str, keys: AuditKeys, *, after: int = 0, most: int | None = None
) -> Looked | None:
    """Verify at most `most` entries behind a position; None when the chain has no such position."""
    digest = stored.hash_at(connection, after) if after else FIRST
    if digest is None:
        return None
    number = stored.checkpoints_until(connection, after)
    verifier = Verifier(
        chain, keys, stored.checkpoints(connection, number), position=after, digest=digest, number=number
    )
    verifier.take(islice(stored.sealed_entries(connection, after), most))
    is_end = most is None or verifier.result.entries < most
    result = verifier.finish(MOST_UNSIGNED) if is_end else verifier.result
    return Looked(result, verifier.position, None if is_end else verifier.position)


def verify_kept(connection: Connection, chain: str, keys: AuditKeys, kept: Iterable[Checkpoint]) -> list[Break]:
    """What checkpoints say that were kept outside the database: a whole history that was made anew is found by them."""
    end = connection.execute(text("select coalesce(max(position), 0) from audit_entry")).scalar_one()
    found = []
    for number, position, digest, at, key, signature in kept:
        content = checkpoint_bytes(chain, number, position, digest, at, key)
        if not keys.is_signed(content, signature, key):
            fault = Fault.CHECKPOINT_FORGED if key in keys.trusted else Fault.CHECKPOINT_UNKNOWN_KEY
            found.append(Break(fault, position, position, checkpoint=number))
        elif position > end:
            found.append(Break(Fault.TRUNCATED, end + 1, position, checkpoint=number))
        elif stored.hash_at(connection, position) != digest:
            found.append(Break(Fault.REWRITTEN, 1, position, checkpoint=number))
    return found
