"""Reads the outside log for streams: those that stand at the same place share one read, and few reads run at once."""

import asyncio
from functools import partial

import structlog
from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import SQLAlchemyError

from reporting_svc.application.ports import Reader
from reporting_svc.application.queries.events import LoggedEvent, log_after

log = structlog.get_logger()
AT_ONCE = 4  # threads and connections of their own: pages and API answers keep the rest
Place = tuple[asyncio.Event, int, str | None]


class SharedTail:
    """One ring wakes all streams, and all that have read everything then ask for the same."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._threads = CapacityLimiter(AT_ONCE)
        self._running: dict[Place, asyncio.Task[list[LoggedEvent] | None]] = {}

    async def after(
        self, ring: asyncio.Event, position: int, cycle: str | None, limit: int
    ) -> list[LoggedEvent] | None:
        """What the log holds after a position; None while the database is away.

        A read is shared under the same ring only: one that began before a ring was there might miss what it rang for.
        """
        place = (ring, position, cycle)
        reading = self._running.get(place)
        if reading is None:
            reading = asyncio.create_task(self._read_in_thread(position, cycle, limit))
            self._running[place] = reading
            reading.add_done_callback(lambda _: self._running.pop(place, None))
        return await asyncio.shield(reading)  # a reader who goes takes nothing from those who wait with him

    async def _read_in_thread(self, position: int, cycle: str | None, limit: int) -> list[LoggedEvent] | None:
        return await to_thread.run_sync(partial(self._read, position, cycle, limit), limiter=self._threads)

    def _read(self, position: int, cycle: str | None, limit: int) -> list[LoggedEvent] | None:
        try:
            with self._reader.connect() as connection:
                return log_after(connection, position, cycle, limit)
        except SQLAlchemyError as error:
            log.warning("stream_waits_for_database", error=type(error).__name__)
            return None
