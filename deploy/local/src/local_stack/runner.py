"""`run`: the stack in the foreground, from the first check to the last process."""

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Iterator

from local_stack.component import Command
from local_stack.errors import ComponentFailedError, StackError
from local_stack.folders import Folders, keep_previous
from local_stack.guide import guide
from local_stack.orphans import sweep
from local_stack.places import PostgresPlace, find_place
from local_stack.plan import database_urls, make_plan
from local_stack.ports import require_free
from local_stack.processes import run_to_end
from local_stack.services import common_environment
from local_stack.settings import StackSettings, port_table
from local_stack.state import StackState, runner_lock, write_state
from local_stack.supervisor import Supervisor

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Progress:
    """Prints lines that begin with the seconds since the start."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self, name: str, text: str) -> None:
        print(f"{time.monotonic() - self._began:6.1f} s  {name:<22} {text}", flush=True)


def run(settings: StackSettings) -> int:
    """Run the stack until a stop signal; returns the exit code. Raises StackError when it cannot start or go on."""
    say, folders = Progress(), Folders(settings.data_dir)
    folders.make()
    with runner_lock(folders):
        for name in sweep(folders):
            say(name, "left over by an earlier run, ended")
        require_free(port_table(settings))
        _begin_logs(folders)
        place = find_place(folders) if settings.external_postgres_url is None else None
        for note in place.notes if place else ():
            say("note", note)
        return asyncio.run(_run(settings, folders, place, say))


def _begin_logs(folders: Folders) -> None:
    for log in folders.logs.glob("*.log"):
        if log.name != "runner.log":  # that one is our own output when we run in the background
            keep_previous(log)


async def _run(settings: StackSettings, folders: Folders, place: PostgresPlace | None, say: Progress) -> int:
    state = StackState(settings.url, notes=list(place.notes if place else ()))
    state.databases = database_urls(settings, folders)
    write_state(folders, state)
    supervisor = Supervisor(folders, state, say, settings.start_seconds)
    with _stop_signals() as stop:
        work = asyncio.create_task(_start_and_serve(settings, folders, place, state, supervisor, say))
        asked = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([work, asked], return_when=asyncio.FIRST_COMPLETED)
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
            state.phase = "stopping"
        except StackError as error:
            state.phase, state.error = "failed", str(error)
            raise
        finally:
            asked.cancel()
            await _take_down(folders, state, supervisor, say)
    return 0


async def _start_and_serve(
    settings: StackSettings,
    folders: Folders,
    place: PostgresPlace | None,
    state: StackState,
    supervisor: Supervisor,
    say: Progress,
) -> None:
    """Returns only by an error: one of the start, or the first one later on."""
    await supervisor.start(make_plan(settings, folders, place))
    if settings.demo and not folders.demo_marker.exists():
        await _load_demo(settings, folders, say)
    say("stack", f"ready at {settings.url}")
    print(guide(settings), flush=True)
    state.phase = "ready"  # last, because whoever waits for it reads on until then
    write_state(folders, state)
    raise await supervisor.failed


async def _load_demo(settings: StackSettings, folders: Folders, say: Progress) -> None:
    """A demo that cannot be loaded is said, but does not stop the stack; the next start tries again."""
    began = time.monotonic()
    say("demo data", "loading the synthetic submissions (first start only)")
    argv = (sys.executable, "-m", "local_stack.load_demo", settings.url)
    try:
        await run_to_end("demo data", Command(argv, common_environment(settings)), folders.log("demo"))
    except ComponentFailedError as error:
        say("demo data", f"not loaded; the stack goes on without it. {error}")
        return
    folders.demo_marker.write_text("Loaded. Remove this file to load the demo data again.\n", encoding="utf-8")
    say("demo data", f"loaded in {time.monotonic() - began:.1f} s")


async def _take_down(folders: Folders, state: StackState, supervisor: Supervisor, say: Progress) -> None:
    write_state(folders, state)
    say("stack", "stopping")
    began = time.monotonic()
    await supervisor.stop()
    if state.phase != "failed":
        state.phase = "stopped"
    write_state(folders, state)
    say("stack", f"stopped in {time.monotonic() - began:.1f} s")


@contextlib.contextmanager
def _stop_signals() -> Iterator[asyncio.Event]:
    """An event that Ctrl-C, SIGTERM and a closed terminal set."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in _STOP_SIGNALS:
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in _STOP_SIGNALS:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not tear the orderly stop apart
