"""The embedded PostgreSQL and broker for tests: real ones, on free ports, stopped at the session's end."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from local_stack import broker, postgres
from local_stack.component import Component, Step
from local_stack.folders import Folders
from local_stack.passwords import ADMINISTRATOR, passwords
from local_stack.places import find_place, remove_data
from local_stack.ports import free_block
from local_stack.settings import StackSettings
from local_stack.state import StackState
from local_stack.supervisor import Supervisor


class Embedded:
    """Some components of the local stack under a supervisor of their own, which restarts what is killed."""

    def __init__(self, folder: Path) -> None:
        self.settings = StackSettings(data_dir=folder, internal_port_base=free_block())
        self._folders = Folders(folder)
        self._folders.make()
        self._state = StackState(url=self.settings.url)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="embedded", daemon=True)
        self._thread.start()
        self._supervisor: Supervisor = self._run(self._make_supervisor())

    async def _make_supervisor(self) -> Supervisor:
        return Supervisor(self._folders, self._state, lambda *_: None, start_seconds=60)

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=90)

    def start(self, parts: list[Component | Step]) -> None:
        """Start the parts and wait until they are ready."""
        self._run(self._supervisor.start(parts))

    def kill(self, name: str) -> None:
        """SIGKILL for a component; returns when it has been started again and is ready."""
        before = self._state.components[name].pid
        os.kill(before, signal.SIGKILL)
        wait_until(lambda: self._state.components[name].pid not in (0, before))
        wait_until(lambda: self._state.components[name].phase == "ready")

    def stop(self) -> None:
        """Stop everything."""
        self._run(self._supervisor.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()
        remove_data(self._folders)

    def postgres_parts(self) -> list[Component | Step]:
        """PostgreSQL with its data folder made first."""
        place, secrets = find_place(self._folders), passwords(self._folders)

        async def initialise() -> None:
            await postgres.initialise(place, self._folders, secrets[ADMINISTRATOR])

        return [Step("database files", initialise), postgres.component(self.settings, place)]

    def broker_parts(self) -> list[Component | Step]:
        """The broker."""
        return [broker.component(self.settings)]

    @property
    def administrator_url(self) -> str:
        """How to reach PostgreSQL as its superuser."""
        return postgres.administrator_url(self.settings, passwords(self._folders))

    @contextmanager
    def database(self) -> Iterator[str]:
        """A new, empty database; gives its SQLAlchemy address and drops it afterwards."""
        name = f"test_{uuid4().hex[:12]}"
        with psycopg.connect(self.administrator_url, autocommit=True) as connection:
            connection.execute(f'create database "{name}"')
        base = self.administrator_url.rpartition("/")[0]
        yield f"{base}/{name}".replace("postgresql://", "postgresql+psycopg://", 1)
        with psycopg.connect(self.administrator_url, autocommit=True) as connection:
            connection.execute(f'drop database "{name}" with (force)')


def wait_until(
    condition: Callable[[], bool], seconds: float = 60.0, otherwise: Callable[[], object] | None = None
) -> None:
    """Poll until the condition holds; an assertion error after the deadline, with what `otherwise` says then."""
    deadline = time.monotonic() + seconds
    while not condition():
        told = f": {otherwise()}" if otherwise and time.monotonic() >= deadline else ""
        assert time.monotonic() < deadline, f"the condition did not come true in time{told}"
        time.sleep(0.02)
