"""Verifies a downloaded audit trail on this machine: hashes computed anew, signatures checked, nobody believed.

Written after docs/how-to/verify-the-audit-trail.md and not with the code of the server, so that one checks the other.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from pmm_cli.errors import Exit, PmmError

CHAIN = "submission-svc"
FIRST = "0" * 64  # stands before the first entry
HASHED = ("id", "at", "actor", "action", "subject", "detail", "position", "previous_hash")
SIGNED = ("number", "position", "hash", "at", "key")
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Break:
    """A place where the chain is broken."""

    fault: str
    position: int
    message: str


def verify_checkpoints(
    checkpoints: Sequence[Document], keys: Iterable[Document], kept: Sequence[Document]
) -> list[Break]:
    """What is wrong with all checkpoints of the server, and with those that were kept before."""
    trusted = dict(map(_key, keys))
    now = {each["number"]: each for each in checkpoints}
    found = [_unsigned(each) for each in checkpoints if not _is_signed(each, trusted)]
    for number in range(1, max(now, default=0)):
        if number not in now:
            found.append(Break("checkpoint_removed", 0, f"Checkpoint {number} is missing."))
    for each in kept:
        number, position = each["number"], each["position"]
        if number not in now:
            message = f"Checkpoint {number} (position {position}) was kept, and the server has it no longer."
            found.append(Break("truncated", position, message))
        elif now[number]["hash"] != each["hash"] or now[number]["position"] != position:
            message = f"Checkpoint {number} (position {position}) is not what was kept: the chain was computed anew."
            found.append(Break("rewritten", position, message))
    return found


def verify_entries(entries: Iterable[Document], checkpoints: Iterable[Document], *, is_whole: bool) -> list[Break]:
    """What is wrong with sealed entries in any order; of a chain that is not whole, gaps are none of it."""
    ordered = sorted(entries, key=lambda each: int(each["position"]))
    found = [*_links(ordered, is_whole=is_whole)]
    hashes = {each["position"]: each["hash"] for each in ordered}
    end = max(hashes, default=0)
    for each in checkpoints:
        number, position = each["number"], each["position"]
        if position in hashes and hashes[position] != each["hash"]:
            message = f"Checkpoint {number} has seen another entry at position {position}: the chain was computed anew."
            found.append(Break("rewritten", position, message))
        if is_whole and position > end:
            message = f"Checkpoint {number} has seen position {position}, but the chain ends at {end}."
            found.append(Break("truncated", end + 1, message))
    return found


def _links(ordered: Iterable[Document], *, is_whole: bool) -> Iterator[Break]:
    position, digest = 0, FIRST
    for each in ordered:
        here = each["position"]
        if here == position:
            yield Break("inserted", here, f"There is another entry at position {here}: one was put in afterwards.")
        elif here > position + 1 and is_whole:
            yield Break("removed", position + 1, f"Between positions {position} and {here}, entries are missing.")
        elif here == position + 1 and each["previous_hash"] != digest:
            yield Break("relinked", here, f"The entry at position {here} does not follow the one before it.")
        if _digest({name: each[name] for name in HASHED}) != each["hash"]:
            yield Break("changed", here, f"The entry at position {here} is not what was sealed: it was changed.")
        position, digest = here, each["hash"]


def _unsigned(checkpoint: Document) -> Break:
    number, position = checkpoint["number"], checkpoint["position"]
    message = f"Checkpoint {number} (position {position}) is not signed by a key that is trusted: it was changed."
    return Break("checkpoint_forged", position, message)


def _is_signed(checkpoint: Document, trusted: Mapping[str, Ed25519PublicKey]) -> bool:
    content = _canonical({"chain": CHAIN, **{name: checkpoint[name] for name in SIGNED}})
    try:
        trusted[checkpoint["key"]].verify(base64.b64decode(checkpoint["signature"], validate=True), content)
    except (KeyError, ValueError, InvalidSignature):
        return False
    return True


def _key(key: Document) -> tuple[str, Ed25519PublicKey]:
    """A public key by the first 16 digits of the SHA-256 of its 32 bytes, so that none passes for another one."""
    found = load_pem_public_key(key["public_key"].encode())
    if not isinstance(found, Ed25519PublicKey):
        raise PmmError("audit.other_key", f"The key {key['id']} is of another kind than Ed25519.", Exit.REFUSED)
    return hashlib.sha256(found.public_bytes_raw()).hexdigest()[:16], found


def _digest(fields: Document) -> str:
    return hashlib.sha256(_canonical(fields)).hexdigest()


def _canonical(fields: Document) -> bytes:
    """JSON with sorted keys, without spaces, moments in UTC to the microsecond."""
    at = datetime.fromisoformat(fields["at"]).astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps({**fields, "at": at}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", errors="surrogatepass")
