"""Brings the plan up in the order of its dependencies, keeps it up, and takes it down in reverse."""

import asyncio
import time
from asyncio.subprocess import Process
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from local_stack.component import Component, Step
from local_stack.errors import ComponentFailedError
from local_stack.folders import Folders, last_lines
from local_stack.probes import is_ready
from local_stack.processes import birth, describe_exit, spawn, stop
from local_stack.state import ComponentState, StackState, write_state

MAX_RESTARTS = 5
RESTART_WINDOW_SECONDS = 60.0
# A component that has never been ready is more likely set up wrongly than unlucky, so it gets fewer chances.
MAX_RESTARTS_BEFORE_READY = 2
_FIRST_BACKOFF_SECONDS = 0.1
_STOP_SECONDS = 10.0
_POLL_SECONDS = 0.08

Say = Callable[[str, str], None]


class Supervisor:
    """One run of a plan of components and steps."""

    def __init__(self, folders: Folders, state: StackState, say: Say, start_seconds: float) -> None:
        self._folders = folders
        self._state = state
        self._say = say
        self._start_seconds = start_seconds
        self._done: dict[str, asyncio.Event] = {}
        self._processes: dict[str, Process] = {}
        self._components: dict[str, Component] = {}
        self._watchers: list[asyncio.Task[None]] = []
        self._launches: set[asyncio.Task[None]] = set()
        self._was_ready: set[str] = set()
        self.failed: asyncio.Future[ComponentFailedError] = asyncio.get_running_loop().create_future()

    async def start(self, plan: Sequence[Component | Step]) -> None:
        """Start everything, each part as soon as what it comes after is done; raises the first error."""
        self._done = {part.name: asyncio.Event() for part in plan}
        for part in plan:
            if isinstance(part, Component):
                self._state.components[part.name] = ComponentState(part.name, part.port, part.probe)
        try:
            async with asyncio.TaskGroup() as group:
                for part in plan:
                    group.create_task(self._bring_up(part))
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None

    async def _bring_up(self, part: Component | Step) -> None:
        for name in part.after:
            await self._done[name].wait()
        began = time.monotonic()
        if isinstance(part, Component):
            await self._launch(part)
            watcher = asyncio.create_task(self._keep_up(part))
            self._watchers.append(watcher)
            await self._first_readiness(part, began)
        else:
            await part.run()
            self._say(part.name, f"done in {time.monotonic() - began:.1f} s")
        self._done[part.name].set()

    async def _launch(self, component: Component) -> None:
        """Start the process; never cut short half-way, because then nobody would know of it."""
        launch = asyncio.create_task(self._spawn(component))
        self._launches.add(launch)
        await asyncio.shield(launch)

    async def _spawn(self, component: Component) -> None:
        process = await spawn(component.command, self._folders.log(component.name))
        self._processes[component.name] = process
        self._components[component.name] = component
        row = self._state.components[component.name]
        row.pid, row.born = process.pid, birth(process.pid)
        row.enter("starting")
        self._publish()

    async def _first_readiness(self, component: Component, began: float) -> None:
        ready = asyncio.create_task(self._becomes_ready(component))
        either: list[asyncio.Future[Any]] = [ready, self.failed]
        try:
            async with asyncio.timeout(self._start_seconds):
                await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            reason = f"not ready after {self._start_seconds:.0f} s ({component.probe})"
            raise ComponentFailedError(component.name, reason, self._log_lines(component.name)) from None
        finally:
            ready.cancel()
        if self.failed.done():
            raise self.failed.result()
        self._say(component.name, f"ready in {time.monotonic() - began:.1f} s on port {component.port}")

    async def _becomes_ready(self, component: Component) -> None:
        row = self._state.components[component.name]
        while not await is_ready(component.probe):
            await asyncio.sleep(_POLL_SECONDS)
        row.enter("ready")
        self._was_ready.add(component.name)
        self._publish()

    async def _keep_up(self, component: Component) -> None:
        """Start the component again whenever it ends, until it does so too often."""
        ends: deque[float] = deque()
        while True:
            code = await self._processes[component.name].wait()
            now = time.monotonic()
            ends.append(now)
            while ends[0] < now - RESTART_WINDOW_SECONDS:
                ends.popleft()
            limit = MAX_RESTARTS if component.name in self._was_ready else MAX_RESTARTS_BEFORE_READY
            if len(ends) > limit:
                self._give_up(component, code, limit)
                return
            await self._restart(component, code, _FIRST_BACKOFF_SECONDS * 2 ** (len(ends) - 1))

    async def _restart(self, component: Component, code: int, backoff: float) -> None:
        row = self._state.components[component.name]
        row.restarts += 1
        row.enter("restarting")
        self._publish()
        self._say(component.name, f"ended with {describe_exit(code)}; starting again in {backoff:.1f} s")
        await asyncio.sleep(backoff)
        await self._launch(component)
        if component.name in self._was_ready:
            self._watchers.append(asyncio.create_task(self._report_readiness(component)))

    async def _report_readiness(self, component: Component) -> None:
        process = self._processes[component.name]
        ready = asyncio.create_task(self._becomes_ready(component))
        ended = asyncio.create_task(process.wait())
        await asyncio.wait([ready, ended], return_when=asyncio.FIRST_COMPLETED)
        if ready.done():
            self._say(component.name, "ready again")
        ready.cancel()
        ended.cancel()

    def _give_up(self, component: Component, code: int, limit: int) -> None:
        reason = f"ended with {describe_exit(code)}, more than {limit} times within {RESTART_WINDOW_SECONDS:.0f} s"
        error = ComponentFailedError(component.name, reason, self._log_lines(component.name))
        if not self.failed.done():
            self.failed.set_result(error)

    async def stop(self) -> None:
        """Stop everything: lowest stop rank first, equals at the same time. Safe to call more than once."""
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*self._watchers, *self._launches, return_exceptions=True)
        ranks = sorted({component.stop_rank for component in self._components.values()})
        for rank in ranks:
            names = [name for name, component in self._components.items() if component.stop_rank == rank]
            await asyncio.gather(*(self._stop_one(name) for name in names))

    async def _stop_one(self, name: str) -> None:
        polite = await stop(self._processes[name], self._components[name].stop_signal, _STOP_SECONDS)
        row = self._state.components[name]
        row.pid = 0
        row.enter("stopped")
        self._publish()
        self._say(name, "stopped" if polite else f"killed: it did not stop within {_STOP_SECONDS:.0f} s")

    def _log_lines(self, name: str) -> list[str]:
        return last_lines(self._folders.log(name))

    def _publish(self) -> None:
        write_state(self._folders, self._state)
