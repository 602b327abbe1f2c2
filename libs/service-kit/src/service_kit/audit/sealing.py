"""Seals the audit trail: gives each committed entry its place in the chain, and signs checkpoints.

No transaction waits for the head of a chain: entries are sealed here, in the order of their ids as they become visible,
within a second after their commit. One sealer a database is active at a time, by an advisory lock. What is sealed
together is one transaction, so that a sealer which dies in the middle has done nothing.
"""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from prometheus_client import Gauge
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from service_kit.audit import stored
from service_kit.audit.canonical import FIRST, Checkpoint, Entry, checkpoint_bytes, entry_hash
from service_kit.audit.keys import AuditKeyError, AuditKeys, read_keys
from service_kit.clock import Clock
from service_kit.settings import ServiceSettings

log = structlog.get_logger()
WAITING = Gauge("audit_unsealed_entries", "Entries of the audit trail that wait for their place in the chain")
BROKEN = Gauge("audit_chain_is_broken", "1 when the end of the chain does not fit its last checkpoint")
LOCK = 7_305_111  # any number that no other lock of the kit has
BATCH = 500
ENTRIES_PER_CHECKPOINT = 1_000
MOST_UNSIGNED = ENTRIES_PER_CHECKPOINT + BATCH
CHECKPOINT_AFTER = timedelta(minutes=5)
PAUSE_SECONDS = 0.5  # entries are sealed within a second, and looking for them costs little
BROKEN_PAUSE_SECONDS = 30.0

_UNSEALED = text(
    "select id, at, actor, action, subject, detail from audit_entry where position is null order by id limit :most"
)
_END = text("select position, hash from audit_entry where position is not null order by position desc, id desc limit 1")
_SEAL = text(
    """
    update audit_entry set position = sealed.position, previous_hash = sealed.previous_hash, hash = sealed.hash
      from unnest(cast(:ids as bigint[]), cast(:positions as bigint[]), cast(:befores as text[]),
                  cast(:hashes as text[])) as sealed(id, position, previous_hash, hash)
     where audit_entry.id = sealed.id and audit_entry.position is null
    """
)
_ADD = text(
    "insert into audit_checkpoint (number, position, hash, at, key, signature)"
    " values (:number, :position, :hash, :at, :key, :signature)"
)


class ChainBrokenError(RuntimeError):
    """The end of the chain is not what the last checkpoint says: going on would bury what happened."""


class Sealer:
    """Runs in a thread of the worker until told to stop."""

    def __init__(self, engine: Engine, keys: AuditKeys, chain: str, clock: Clock) -> None:
        self._engine, self._keys, self._chain, self._clock = engine, keys, chain, clock
        self.is_ready = False

    def run(self, stop: threading.Event) -> None:
        """Seal until `stop`; a database that is away is asked again."""
        while not stop.is_set():
            pause = PAUSE_SECONDS
            try:
                sealed = self.seal()
                self.is_ready = True
                pause = 0.0 if sealed == BATCH else PAUSE_SECONDS
            except ChainBrokenError as error:
                BROKEN.set(1)
                log.error("audit_chain_broken", reason=str(error))
                pause = BROKEN_PAUSE_SECONDS
            except SQLAlchemyError as error:
                self.is_ready = False
                log.warning("audit_sealing_interrupted", error=type(error).__name__)
            stop.wait(pause)

    def seal(self) -> int:
        """Seal the next entries in one transaction, and sign a checkpoint when one is due; how many were sealed.

        Raises:
            ChainBrokenError: the chain ends before its last checkpoint, or with another hash.
        """
        with self._engine.begin() as connection:
            if not connection.execute(text("select pg_try_advisory_xact_lock(:lock)"), {"lock": LOCK}).scalar_one():
                return 0
            last = stored.last_checkpoint(connection)
            position, digest = _end(connection, last)
            entries = [Entry(*row) for row in connection.execute(_UNSEALED, {"most": BATCH})]
            if entries:
                position, digest = _seal(connection, entries, position, digest)
            now = self._clock()
            if _is_due(last, position, now):
                self._sign(connection, last.number + 1 if last else 1, position, digest, now)
            BROKEN.set(0)
            WAITING.set(stored.count_waiting(connection) if len(entries) == BATCH else 0)
        return len(entries)

    def _sign(self, connection: Connection, number: int, position: int, digest: str, now: datetime) -> None:
        key = self._keys.signing_id
        signature = self._keys.sign(checkpoint_bytes(self._chain, number, position, digest, now, key))
        checkpoint = Checkpoint(number, position, digest, now, key, signature)
        connection.execute(_ADD, checkpoint._asdict())
        log.info("audit_checkpoint", number=number, position=position)


def sealers(settings: ServiceSettings, engine: Engine, chain: str, clock: Clock) -> list[Sealer]:
    """The sealer of a worker; none where a developer runs the service by hand without a key.

    Raises:
        AuditKeyError: outside the embedded mode there is no private key that signs checkpoints.
    """
    if settings.audit_key_file is None:
        if settings.mode == "embedded":
            return []
        raise AuditKeyError("OPENPMM_AUDIT_KEY_FILE is missing: the worker signs the checkpoints of the audit trail.")
    keys = read_keys(settings.audit_key_file)
    if keys.signing is None:
        raise AuditKeyError(f"{settings.audit_key_file} has no private key; the worker needs it, others do not.")
    return [Sealer(engine, keys, chain, clock)]


def _end(connection: Connection, last: Checkpoint | None) -> tuple[int, str]:
    """Position and hash of the last sealed entry, once it is seen to fit the last checkpoint."""
    row = connection.execute(_END).one_or_none()
    position, digest = (row.position, row.hash) if row else (0, FIRST)
    if last is not None and (position < last.position or stored.hash_at(connection, last.position) != last.hash):
        raise ChainBrokenError(
            f"Checkpoint {last.number} has seen another entry at position {last.position}; the chain now ends at "
            f"{position}. Nothing more is sealed. Run verify-audit, and compare with a backup."
        )
    return position, digest


def _seal(connection: Connection, entries: Sequence[Entry], position: int, digest: str) -> tuple[int, str]:
    """Give the entries the next positions; the new end of the chain."""
    befores, hashes = [], []
    for number, entry in enumerate(entries, start=position + 1):
        befores.append(digest)
        digest = entry_hash(entry, number, digest)
        hashes.append(digest)
    positions = list(range(position + 1, position + len(entries) + 1))
    ids = [entry.id for entry in entries]
    connection.execute(_SEAL, {"ids": ids, "positions": positions, "befores": befores, "hashes": hashes})
    return positions[-1], digest


def _is_due(last: Checkpoint | None, position: int, now: datetime) -> bool:
    """Whether enough entries or time have passed; a clock that went backwards is no reason to wait."""
    if last is None:
        return position > 0
    if position == last.position:
        return False
    is_later = not timedelta() <= now - last.at < CHECKPOINT_AFTER
    return is_later or position - last.position >= ENTRIES_PER_CHECKPOINT
