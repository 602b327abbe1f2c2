"""Follows the outside log for one reader until he goes, his token expires or, without one, his time is up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from fastapi.sse import ServerSentEvent

from access_policy import Viewer
from reporting_svc.application.ports import Dependencies
from reporting_svc.application.queries.events import Wanted

CHUNK = 50  # a slow reader holds that many events in memory
LOOK_ANYWAY_SECONDS = 15.0  # should a ring ever be lost
RETRY_SECONDS = 1.0
RECONNECT_MILLISECONDS = 2_000


async def follow(deps: Dependencies, viewer: Viewer, position: int, wanted: Wanted) -> AsyncIterator[ServerSentEvent]:
    """What the viewer asks for and may see after the position, then what comes, without gap or repetition."""
    yield ServerSentEvent(comment="stream open", retry=RECONNECT_MILLISECONDS)
    end = _end(deps, viewer)
    while (left := end - deps.clock().timestamp()) > 0:
        ring = deps.bell.next_ring()
        events = await deps.tail.after(ring, position, wanted.cycle, CHUNK)
        if events is None:
            await asyncio.sleep(min(RETRY_SECONDS, left))
            continue
        for event in events:
            if wanted.is_for(viewer, event):
                yield ServerSentEvent(id=str(event.position), event=event.type, raw_data=event.payload)
            position = event.position
        if len(events) < CHUNK:
            with suppress(TimeoutError):
                await asyncio.wait_for(ring.wait(), min(LOOK_ANYWAY_SECONDS, end - deps.clock().timestamp()))
    reason = "time_is_up" if viewer.expires_at is None else "token_expired"
    yield ServerSentEvent(event="end", raw_data=f'{{"reason":"{reason}"}}')


def _end(deps: Dependencies, viewer: Viewer) -> float:
    if viewer.expires_at is not None:
        return viewer.expires_at
    return deps.clock().timestamp() + deps.seats.limits.anonymous_seconds
