"""The chain as it stands in the database, read in batches; nothing here is believed, only handed on."""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from service_kit.audit.canonical import Checkpoint, Entry

BATCH = 2_000
BEFORE_ALL, LAST_ID = -(2**63), 2**62
_ENTRY = "id, at, actor, action, subject, detail, position, previous_hash, hash"
_ENTRIES = text(
    f"select {_ENTRY} from audit_entry"  # noqa: S608 - constant text
    " where position >= :position and (position, id) > (:position, :id) order by position, id limit :most"
)
_CHECKPOINTS = text(
    "select number, position, hash, at, key, signature from audit_checkpoint"
    " where number > :number order by number limit :most"
)
_LAST_CHECKPOINT = text(
    "select number, position, hash, at, key, signature from audit_checkpoint order by number desc limit 1"
)


def sealed_entries(connection: Connection, after: int = 0) -> Iterator[Entry]:
    """The sealed entries behind a position, in the order of their positions, without holding them all.

    From the beginning, what was put in before the first position is among them.
    """
    position, number = after or BEFORE_ALL, LAST_ID  # whatever stands at `after` itself has been looked at
    while True:
        found = connection.execute(_ENTRIES, {"position": position, "id": number, "most": BATCH}).all()
        for row in found:
            yield Entry(*row)
        if len(found) < BATCH:
            return
        position, number = found[-1].position, found[-1].id


def checkpoints(connection: Connection, after: int = 0) -> Iterator[Checkpoint]:
    """The checkpoints behind a number, in the order of their numbers."""
    while True:
        found = connection.execute(_CHECKPOINTS, {"number": after, "most": BATCH}).all()
        for row in found:
            yield Checkpoint(*row)
        if len(found) < BATCH:
            return
        after = found[-1].number


def last_checkpoint(connection: Connection) -> Checkpoint | None:
    """The newest checkpoint, if there is one."""
    row = connection.execute(_LAST_CHECKPOINT).one_or_none()
    return None if row is None else Checkpoint(*row)


def checkpoints_until(connection: Connection, position: int) -> int:
    """The number of the last checkpoint that stands at or before a position; 0 when there is none."""
    wanted = text("select coalesce(max(number), 0) from audit_checkpoint where position <= :position")
    return int(connection.execute(wanted, {"position": position}).scalar_one())


def hash_at(connection: Connection, position: int) -> str | None:
    """The hash that stands at a position, if the chain has that position."""
    wanted = text("select hash from audit_entry where position = :position order by id limit 1")
    found: str | None = connection.execute(wanted, {"position": position}).scalar()
    return found


def count_waiting(connection: Connection) -> int:
    """How many entries are not sealed yet."""
    return int(connection.execute(text("select count(*) from audit_entry where position is null")).scalar_one())
