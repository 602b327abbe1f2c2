"""Streams share reads of the log, few reads run at once, and none misses what was written after its ring."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from reporting_svc.adapters.db.tail import AT_ONCE, SharedTail


class CountingReader:
    """A log of nothing, which counts who reads it and how many at a time."""

    def __init__(self, *, is_away: bool = False) -> None:
        self.reads = 0
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()
        self._is_away = is_away

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection that finds nothing, slowly."""
        if self._is_away:
            raise OperationalError("select", {}, Exception())
        with self._lock:
            self.reads += 1
            self._now += 1
            self.most = max(self.most, self._now)
        threading.Event().wait(0.02)  # long enough for others to come meanwhile
        yield self  # type: ignore[misc]
        with self._lock:
            self._now -= 1

    def execute(self, *_: Any) -> list[Any]:
        """Nothing."""
        return []


async def ask(tail: SharedTail, places: list[tuple[asyncio.Event, int]]) -> list[Any]:
    return await asyncio.gather(*(tail.after(ring, position, None, 50) for ring, position in places))


def test_all_who_stand_at_the_end_share_one_read() -> None:
    async def scene() -> list[Any]:
        ring = asyncio.Event()
        return await ask(SharedTail(reader), [(ring, 7)] * 300)

    reader = CountingReader()
    assert asyncio.run(scene()) == [[]] * 300
    assert reader.reads == 1


def test_those_who_stand_elsewhere_wait_for_a_few_threads() -> None:
    async def scene() -> None:
        ring = asyncio.Event()
        await ask(SharedTail(reader), [(ring, position) for position in range(30)])

    reader = CountingReader()
    asyncio.run(scene())
    assert (reader.reads, reader.most) == (30, AT_ONCE)


def test_a_read_from_before_the_ring_is_not_shared() -> None:
    async def scene() -> None:
        await ask(SharedTail(reader), [(asyncio.Event(), 7), (asyncio.Event(), 7)])

    reader = CountingReader()
    asyncio.run(scene())
    assert reader.reads == 2


def test_a_reader_who_goes_takes_nothing_from_the_others() -> None:
    async def scene() -> list[Any] | None:
        tail, ring = SharedTail(reader), asyncio.Event()
        first = asyncio.create_task(tail.after(ring, 7, None, 50))
        second = asyncio.create_task(tail.after(ring, 7, None, 50))
        await asyncio.sleep(0)
        first.cancel()
        return await second

    reader = CountingReader()
    assert asyncio.run(scene()) == []
    assert reader.reads == 1


def test_a_database_that_is_away_is_none_and_not_an_error() -> None:
    async def scene() -> list[Any]:
        return await ask(SharedTail(CountingReader(is_away=True)), [(asyncio.Event(), 7)] * 2)

    assert asyncio.run(scene()) == [None, None]
