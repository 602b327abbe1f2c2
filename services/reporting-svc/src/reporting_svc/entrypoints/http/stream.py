"""Follows the outside log for one reader until he goes or his token expires."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import structlog
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import ServerSentEvent
from sqlalchemy.exc import SQLAlchemyError

from access_policy import Viewer
from reporting_svc.application.ports import Dependencies
from reporting_svc.application.queries.events import EventPage, events_after

log = structlog.get_logger()
PAGE = 200
LOOK_ANYWAY_SECONDS = 15.0  # should a ring ever be lost
RETRY_SECONDS = 1.0
RECONNECT_MILLISECONDS = 2_000


async def follow(
    deps: Dependencies, viewer: Viewer, position: int, cycle: str | None
) -> AsyncIterator[ServerSentEvent]:
    """Everything after the position that the viewer may see, then what comes, without gap or repetition."""
    yield ServerSentEvent(comment="stream open", retry=RECONNECT_MILLISECONDS)
    while (left := _seconds_left(deps, viewer)) > 0:
        ring = deps.bell.next_ring()
        page = await run_in_threadpool(_read, deps, viewer, position, cycle)
        if page is None:
            await asyncio.sleep(min(RETRY_SECONDS, left))
            continue
        for event in page.events:
            yield ServerSentEvent(id=str(event.position), event=event.type, raw_data=event.payload)
        position = page.scanned_to
        if page.is_end:
            with suppress(TimeoutError):
                await asyncio.wait_for(ring.wait(), min(LOOK_ANYWAY_SECONDS, _seconds_left(deps, viewer)))
    yield ServerSentEvent(event="end", raw_data='{"reason":"token_expired"}')


def _seconds_left(deps: Dependencies, viewer: Viewer) -> float:
    if viewer.expires_at is None:
        return float("inf")
    return viewer.expires_at - deps.clock().timestamp()


def _read(deps: Dependencies, viewer: Viewer, position: int, cycle: str | None) -> EventPage | None:
    """The next page; None while the database is away, for which nobody need lose his stream."""
    try:
        with deps.reader.connect() as connection:
            return events_after(connection, viewer, position, cycle, PAGE)
    except SQLAlchemyError as error:
        log.warning("stream_waits_for_database", error=type(error).__name__)
        return None
