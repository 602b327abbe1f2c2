"""The outside event log over HTTP: pages to pull, and a stream that goes on where its reader left it."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, Field

from access_policy import Viewer
from reporting_svc.application.outside.events import (
    CycleClosed,
    CycleOpened,
    CycleScored,
    ScoreRetracted,
    ScoreUpdated,
)
from reporting_svc.application.queries.events import Wanted, events_after, require_known_position
from reporting_svc.entrypoints.http.dependencies import ADMINISTRATION_PATTERN, CYCLE_PATTERN, Asking, Deps
from reporting_svc.entrypoints.http.stream import follow
from service_kit.errors import Kind, ProblemError
from service_kit.problems import responses

router = APIRouter(prefix="/api/v1/events", tags=["events"])
LARGEST_POSITION = 2**63 - 1
ADDRESS_HEADER = "x-envoy-external-address"
After = Annotated[int, Query(ge=0, le=LARGEST_POSITION, description="Position after which to begin; 0 is the start")]
MOST_DIGITS = 18  # so that a position always fits PostgreSQL's bigint
MOST_NAMED = 200


def _wanted(
    administration: Annotated[
        list[Annotated[str, Field(pattern=ADMINISTRATION_PATTERN)]],
        Query(
            default_factory=list,
            max_length=MOST_NAMED,
            description="Events about this administration only, none about cycles; repeat it for up to 200 of them",
        ),
    ],
    cycle: Annotated[str | None, Query(pattern=CYCLE_PATTERN, description="Events of this cycle only")] = None,
) -> Wanted:
    """What the reader asks for."""
    return Wanted(cycle, frozenset(administration))


Asked = Annotated[Wanted, Depends(_wanted)]


class EventPageRead(BaseModel):
    """Events in the order of the log."""

    items: list[ScoreUpdated | ScoreRetracted | CycleOpened | CycleClosed | CycleScored]
    next: str = Field(description="Give this as `after` to go on; there may be nothing new yet")


def _position(
    deps: Deps,
    after: After | None = None,
    last_event_id: Annotated[str | None, Header(description="Position of the last event you have")] = None,
) -> int:
    """Where to go on: the header, as browsers send it when they come back, wins over the address."""
    position = after or 0
    if last_event_id is not None:
        if not (last_event_id.isascii() and last_event_id.isdecimal()) or len(last_event_id) > MOST_DIGITS:
            raise ProblemError(
                "events.bad_position", Kind.MALFORMED, "Last-Event-ID must be the id of an event of this stream."
            )
        position = int(last_event_id)
    if position:
        with deps.reader.connect() as connection:
            require_known_position(connection, position)
    return position


@router.get("", response_model=EventPageRead, responses=responses(400, 401, 422))
def get_events(
    viewer: Asking,
    deps: Deps,
    wanted: Asked,
    after: After = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """The next events that you may see. It is the log of the stream: change between the two at any time."""
    with deps.reader.connect() as connection:
        require_known_position(connection, after)
        page = events_after(connection, viewer, after, wanted, limit)
    items = ",".join(event.payload for event in page.events)
    return Response(
        f'{{"items":[{items}],"next":"{page.scanned_to}"}}',
        media_type="application/json",
        headers={"cache-control": "no-store", "vary": "authorization"},
    )


async def _seat(request: Request, response: Response, viewer: Asking, deps: Deps) -> AsyncIterator[None]:
    """Held until the stream has ended, however it ends."""
    response.headers["cache-control"] = "private"  # beside the `no-cache` that every stream has
    response.headers["vary"] = "authorization"
    with deps.seats.seat(_client(request, viewer)):
        yield


def _client(request: Request, viewer: Viewer) -> str:
    """Who is asking: by token, else by the address that the gateway saw; nobody else reaches this service."""
    if viewer.expires_at is not None:
        return f"subject {viewer.subject}"
    peer = request.client.host if request.client else ""
    return f"address {request.headers.get(ADDRESS_HEADER, peer)}"


@router.get(
    "/stream",
    response_class=EventSourceResponse,
    responses=responses(400, 401, 422, 429),
    dependencies=[Depends(_seat)],
)
async def get_event_stream(
    viewer: Asking,
    deps: Deps,
    position: Annotated[int, Depends(_position)],
    wanted: Asked,
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events as they come, with the position as `id`. Without `after` the stream begins at the start.

    A comment every 15 s keeps the line open. When your token expires, a last `event: end` says so; without a token it
    comes after an hour at most: connect again with `Last-Event-ID`. One client may have 20 streams open at a time.
    """
    async for event in follow(deps, viewer, position, wanted):
        yield event
