"""Turns: one at a time for each name, others in the meantime, and no line without end."""

import asyncio

import pytest

from service_kit.errors import ProblemError
from service_kit.turns import Turns


def test_one_at_a_time_for_each_name_and_others_in_the_meantime() -> None:
    async def run() -> list[str]:
        turns, seen, away = Turns(), list[str](), asyncio.Event()

        async def work(name: str, said: str, until: asyncio.Event | None = None) -> None:
            async with turns.of(name):
                seen.append(f"{said} begins")
                if until is not None:
                    await until.wait()
                seen.append(f"{said} ends")

        first = asyncio.create_task(work("KEN", "first", away))
        second = asyncio.create_task(work("KEN", "second"))
        await asyncio.create_task(work("UGA", "other"))
        away.set()
        await asyncio.gather(first, second)
        return seen

    seen = asyncio.run(run())
    assert seen == ["first begins", "other begins", "other ends", "first ends", "second begins", "second ends"]


def test_a_line_that_is_too_long_is_refused_and_empty_ones_are_forgotten() -> None:
    async def run() -> None:
        turns, away = Turns(most_waiting=1), asyncio.Event()

        async def work() -> None:
            async with turns.of("KEN"):
                await away.wait()

        waiting = [asyncio.create_task(work()) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(ProblemError, match="2 requests like this are under way already"):
            await work()
        away.set()
        await asyncio.gather(*waiting)
        await work()

    asyncio.run(run())


def test_a_failure_ends_the_turn() -> None:
    async def run() -> None:
        turns = Turns()
        for _ in range(2):
            with pytest.raises(ValueError, match="no"):
                async with turns.of("KEN"):
                    raise ValueError("no")

    asyncio.run(run())
