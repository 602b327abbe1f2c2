"""Recomputes a chain and says where it is broken; it believes nothing that the database says about itself.

What is found where: an entry that was changed, and two that were exchanged, at their own positions; one that was
removed as a gap; one that was inserted as a position held twice or a link that does not fit; a chain that was computed
anew by somebody without the key, between two checkpoints; a tail that was cut off, behind the last entry.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from service_kit.audit.canonical import FIRST, Checkpoint, Entry, checkpoint_bytes, entry_hash
from service_kit.audit.keys import AuditKeys

MOST_BREAKS = 100


class Fault(StrEnum):
    """What is wrong with a chain."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    RELINKED = "relinked"
    REWRITTEN = "rewritten"
    TRUNCATED = "truncated"
    CHECKPOINT_FORGED = "checkpoint_forged"
    CHECKPOINT_UNKNOWN_KEY = "checkpoint_unknown_key"
    CHECKPOINT_REMOVED = "checkpoint_removed"


@dataclass(frozen=True)
class Break:
    """A fault, from one position to another, both included; `checkpoint` is the number of the one that shows it."""

    fault: Fault
    first: int
    last: int
    entry: int | None = None
    checkpoint: int | None = None


@dataclass
class Verification:
    """What was looked at and what was found; `breaks` holds the first of them, `found` counts them all."""

    entries: int = 0
    checkpoints: int = 0
    signatures_checked: bool = True
    breaks: list[Break] = field(default_factory=list)
    found: int = 0

    @property
    def is_intact(self) -> bool:
        """Whether nothing is wrong."""
        return self.found == 0

    def note(self, found: Break) -> None:
        """Count a break, and keep it while there are few."""
        self.found += 1
        if len(self.breaks) < MOST_BREAKS:
            self.breaks.append(found)


class Verifier:
    """Takes a chain's sealed entries in the order of their positions, and its checkpoints in that of their numbers."""

    def __init__(
        self,
        chain: str,
        keys: AuditKeys,
        checkpoints: Iterable[Checkpoint],
        *,
        position: int = 0,
        digest: str = FIRST,
        number: int = 0,
    ) -> None:
        """Begin behind `position`, whose hash is `digest`, and behind the checkpoint `number`."""
        self._chain, self._keys = chain, keys
        self._checkpoints: Iterator[Checkpoint] = iter(checkpoints)
        self._coming = next(self._checkpoints, None)
        self.position, self.digest, self.number = position, digest, number
        self._trusted = position  # up to here a checkpoint has vouched for the chain
        self.result = Verification(signatures_checked=bool(keys.trusted))

    def take(self, entries: Iterable[Entry]) -> None:
        """Check some more of the chain."""
        for entry in entries:
            self.result.entries += 1
            self._take(entry)

    def finish(self, most_unsigned: int | None = None) -> Verification:
        """Say what was found; `most_unsigned` is how many entries may follow the last checkpoint."""
        while self._coming is not None:
            checkpoint = self._next_checkpoint()
            if self._is_genuine(checkpoint) and checkpoint.position > self.position:
                found = Break(Fault.TRUNCATED, self.position + 1, checkpoint.position, checkpoint=checkpoint.number)
                self.result.note(found)
        if most_unsigned is not None and self.position - self._trusted > most_unsigned:
            found = Break(Fault.CHECKPOINT_REMOVED, self._trusted + 1, self.position, checkpoint=self.number + 1)
            self.result.note(found)
        return self.result

    def _take(self, entry: Entry) -> None:
        position, before, digest = entry.position or 0, entry.previous_hash or "", entry.hash or ""
        if position <= self.position:
            self.result.note(Break(Fault.INSERTED, position, position, entry.id))
            return
        if position > self.position + 1:
            self.result.note(Break(Fault.REMOVED, self.position + 1, position - 1))
        elif before != self.digest:
            self.result.note(Break(Fault.RELINKED, position, position, entry.id))
        if entry_hash(entry, position, before) != digest:
            self.result.note(Break(Fault.CHANGED, position, position, entry.id))
        self.position, self.digest = position, digest
        self._take_checkpoints()

    def _take_checkpoints(self) -> None:
        while self._coming is not None and self._coming.position <= self.position:
            checkpoint = self._next_checkpoint()
            is_here = checkpoint.position == self.position
            if not self._is_genuine(checkpoint):
                continue
            if is_here and checkpoint.hash != self.digest:
                found = Break(Fault.REWRITTEN, self._trusted + 1, self.position, checkpoint=checkpoint.number)
                self.result.note(found)
            self._trusted = max(self._trusted, checkpoint.position)

    def _next_checkpoint(self) -> Checkpoint:
        checkpoint = self._coming
        assert checkpoint is not None  # noqa: S101 - both callers have looked
        self._coming = next(self._checkpoints, None)
        self.result.checkpoints += 1
        if checkpoint.number != self.number + 1:
            place = checkpoint.position
            self.result.note(Break(Fault.CHECKPOINT_REMOVED, place, place, checkpoint=self.number + 1))
        self.number = checkpoint.number
        return checkpoint

    def _is_genuine(self, checkpoint: Checkpoint) -> bool:
        """Whether it may be believed; without any key, it is taken at its word, and the result says so."""
        if not self.result.signatures_checked:
            return True
        number, position, digest, at, key, signature = checkpoint
        if self._keys.is_signed(checkpoint_bytes(self._chain, number, position, digest, at, key), signature, key):
            return True
        fault = Fault.CHECKPOINT_FORGED if key in self._keys.trusted else Fault.CHECKPOINT_UNKNOWN_KEY
        self.result.note(Break(fault, position, position, checkpoint=number))
        return False
