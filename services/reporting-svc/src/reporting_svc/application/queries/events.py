"""Reads the outside event log as one reader sees it: of each administration the versions of his level, and no other."""

from dataclasses import dataclass

from sqlalchemy import Connection, Row, text

from access_policy import Level, Viewer, level_of
from service_kit.errors import Kind, ProblemError

CHUNK = 500
_NEXT = text(
    "select position, level, administration, region, type, payload from outside_event"
    " where position > :after and (cast(:cycle as text) is null or cycle = :cycle) order by position limit :limit"
)
_NEWEST = text("select coalesce(max(position), 0) from outside_event")


@dataclass(frozen=True)
class LoggedEvent:
    """An event at its position; the payload is handed out as it was written."""

    position: int
    type: str
    payload: str


@dataclass(frozen=True)
class EventPage:
    """Events in order; `scanned_to` is where to go on, `is_end` says that there is nothing more at the moment."""

    events: list[LoggedEvent]
    scanned_to: int
    is_end: bool


def events_after(connection: Connection, viewer: Viewer, after: int, cycle: str | None, limit: int) -> EventPage:
    """The next events that the viewer may see, at most `limit`."""
    found: list[LoggedEvent] = []
    position = after
    while True:
        rows = connection.execute(_NEXT, {"after": position, "cycle": cycle, "limit": CHUNK}).all()
        for row in rows:
            position = row.position
            if _is_for(viewer, row):
                found.append(LoggedEvent(row.position, row.type, row.payload))
                if len(found) == limit:
                    return EventPage(found, position, is_end=False)
        if len(rows) < CHUNK:
            return EventPage(found, position, is_end=True)


def require_known_position(connection: Connection, position: int) -> None:
    """Refuse a position that the log has never reached: it belongs to another log.

    Raises:
        ProblemError: `events.unknown_position` (400).
    """
    newest = connection.execute(_NEWEST).scalar_one()
    if position > newest:
        raise ProblemError(
            "events.unknown_position",
            Kind.MALFORMED,
            "The log has not reached this position. Start again from 0 and forget what you have.",
        )


def _is_for(viewer: Viewer, row: Row[tuple[object, ...]]) -> bool:
    if row.administration is None:
        return True
    return level_of(viewer, row.administration, row.region) is Level(row.level)
