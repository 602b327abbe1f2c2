"""Reads the outside event log as one reader sees it: of each administration the versions of his level, and no other."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from access_policy import Level, Viewer, level_of, within
from service_kit.errors import Kind, ProblemError

CHUNK = 500
NOBODY = ""  # stands for an administration that nobody is of
_NEXT = text(
    "select e.position, e.level, coalesce(c.population, ''), e.administration, e.region, e.type, e.payload"
    " from outside_event e left join cycle c on c.code = e.cycle"
    " where e.position > :after and (cast(:cycle as text) is null or e.cycle = :cycle) order by e.position limit :limit"
)
_NEWEST = text("select coalesce(max(position), 0) from outside_event")


@dataclass(frozen=True)
class LoggedEvent:
    """An event at its position, and who it is for; the payload is handed out as it was written."""

    position: int
    level: str
    population: str
    administration: str | None
    region: str | None
    type: str
    payload: str


@dataclass(frozen=True)
class EventPage:
    """Events in order; `scanned_to` is where to go on."""

    events: list[LoggedEvent]
    scanned_to: int


@dataclass(frozen=True)
class Wanted:
    """Which events a reader asks for: of one cycle or of all, about these administrations or about anything."""

    cycle: str | None = None
    administrations: frozenset[str] = frozenset()

    def is_for(self, viewer: Viewer, event: LoggedEvent) -> bool:
        """Whether the viewer asks for this event of the cycle, and gets it.

        Administrations are picked here and not by the database: so a reader goes on after what he may not see in the
        same way whatever he asks for, and streams that ask for different ones share their reads.
        """
        is_about = not self.administrations or event.administration in self.administrations
        return is_about and is_for(viewer, event)


def events_after(connection: Connection, viewer: Viewer, after: int, wanted: Wanted, limit: int) -> EventPage:
    """The next events that the viewer asks for and may see, at most `limit`."""
    found: list[LoggedEvent] = []
    position = after
    while True:
        events = log_after(connection, position, wanted.cycle, CHUNK)
        for event in events:
            position = event.position
            if wanted.is_for(viewer, event):
                found.append(event)
                if len(found) == limit:
                    return EventPage(found, position)
        if len(events) < CHUNK:
            return EventPage(found, position)


def log_after(connection: Connection, after: int, cycle: str | None, limit: int) -> list[LoggedEvent]:
    """What the log holds, whoever it is for; each goes to a viewer only if `is_for` says so."""
    rows = connection.execute(_NEXT, {"after": after, "cycle": cycle, "limit": limit})
    return [LoggedEvent(*row) for row in rows]


def is_for(viewer: Viewer, event: LoggedEvent) -> bool:
    """Whether the viewer gets this event: of each administration the versions of his level, and no other.

    What is about no single administration has one version, for those who see that much of every administration.
    """
    viewer = within(viewer, event.population)
    if event.administration is None:
        return level_of(viewer, NOBODY, None).covers(Level.stored(event.level))
    # Compared as text: what was written for a level that is none any more is for nobody.
    return level_of(viewer, event.administration, event.region).value == event.level


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
