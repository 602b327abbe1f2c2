"""The bell: one LISTEN connection a process wakes all streams when the outside log has grown."""

import asyncio

import psycopg
import structlog

from reporting_svc.adapters.db.outside_log import CHANNEL

log = structlog.get_logger()
RETRY_SECONDS = 0.5


class OutsideBell:
    """Listens from the first question on; a lost connection is made anew, and everybody is woken then."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._ring = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None

    def next_ring(self) -> asyncio.Event:
        """An event that is set at the next ring; call it in the loop that waits."""
        listener = self._listener
        if listener is None or listener.done() or listener.get_loop() is not asyncio.get_running_loop():
            self._ring = asyncio.Event()
            self._listener = asyncio.get_running_loop().create_task(self._listen())
        return self._ring

    def _wake(self) -> None:
        ring, self._ring = self._ring, asyncio.Event()
        ring.set()

    async def _listen(self) -> None:
        while True:
            try:
                await self._session()
            except (psycopg.Error, OSError) as error:
                log.warning("bell_interrupted", error=type(error).__name__)
            await asyncio.sleep(RETRY_SECONDS)

    async def _session(self) -> None:
        connection = await psycopg.AsyncConnection.connect(self._dsn, autocommit=True, connect_timeout=3)
        async with connection:
            await connection.execute(f"listen {CHANNEL}")
            self._wake()  # what was appended before this moment rang for nobody
            async for _ in connection.notifies():
                self._wake()
