"""One at a time for each name: who waits for his turn holds neither a thread nor a database connection.

Whatever locks the same row would wait for it anyway, but with a connection in hand: one caller could hold them all.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from service_kit.errors import Kind, ProblemError

MOST_WAITING = 20


@dataclass
class _Line:
    """Those who wait, and the one whose turn it is."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    present: int = 0


class Turns:
    """Turns within an event loop, in the order of coming; a server has one loop a process.

    What runs in another loop has turns of its own: a lock of one loop never wakes who waits in another.
    """

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self._lines: dict[tuple[asyncio.AbstractEventLoop, str], _Line] = {}
        self._most = most_waiting + 1

    @asynccontextmanager
    async def of(self, name: str) -> AsyncIterator[None]:
        """Wait for the turn, and have it within the block.

        Raises:
            ProblemError: `request.too_many_at_once` (429) where too many wait already.
        """
        key = (asyncio.get_running_loop(), name)
        line = self._lines.setdefault(key, _Line())
        if line.present >= self._most:
            detail = f"{self._most} requests like this are under way already. Wait for an answer, then send the next."
            french = f"{self._most} requêtes de ce genre sont déjà en cours. Attendez une réponse avant la suivante."
            wait = {"retry-after": "5"}
            raise ProblemError("request.too_many_at_once", Kind.TOO_MANY, detail, french=french, headers=wait)
        line.present += 1
        try:
            async with line.lock:
                yield
        finally:
            line.present -= 1
            if not line.present:
                del self._lines[key]
