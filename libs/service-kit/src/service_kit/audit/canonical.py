"""The one form of an entry and of a checkpoint that is hashed and signed; a database cannot change it unnoticed."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

FIRST = "0" * 64  # what the first entry of a chain has before it


class Entry(NamedTuple):
    """An entry as it stands in the table; a sealed one has a position, from 1, and both hashes."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Any
    position: int | None = None
    previous_hash: str | None = None
    hash: str | None = None


class Checkpoint(NamedTuple):
    """The hash that stood at a position at a moment, signed; `number` counts checkpoints from 1."""

    number: int
    position: int
    hash: str
    at: datetime
    key: str
    signature: str


def entry_hash(entry: Entry, position: int, previous: str) -> str:
    """SHA-256, in hexadecimal, over every field of the entry, its position and the hash before it."""
    fields = {
        "id": entry.id,
        "at": moment(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
        "position": position,
        "previous_hash": previous,
    }
    return hashlib.sha256(_canonical(fields)).hexdigest()


def checkpoint_bytes(chain: str, number: int, position: int, digest: str, at: datetime, key: str) -> bytes:
    """What is signed; `chain` names whose trail it is, so that no checkpoint passes for another service's."""
    fields = {"chain": chain, "number": number, "position": position, "hash": digest, "at": moment(at), "key": key}
    return _canonical(fields)


def moment(at: datetime) -> str:
    """A moment as it is hashed: in UTC, with microseconds, ending in +00:00. The API tells it like this, too."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _canonical(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", errors="surrogatepass")
