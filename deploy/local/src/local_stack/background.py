"""`up`, `down`, `status`, `logs` and `reset`: what works on a stack in the background."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from local_stack.errors import StackError
from local_stack.folders import Folders, keep_previous, last_lines
from local_stack.orphans import sweep
from local_stack.places import remove_data
from local_stack.probes import is_ready
from local_stack.settings import StackSettings
from local_stack.state import ComponentState, is_running, read_state, runner_lock

_DOWN_SECONDS = 60.0
_POLL_SECONDS = 0.05


def up(settings: StackSettings) -> int:
    """Start the runner in a session of its own, relay what it says, return when the stack is ready."""
    folders = Folders(settings.data_dir)
    folders.make()
    if is_running(folders):
        state = read_state(folders)
        print(f"The stack is already running at {state.url if state else settings.url}.")
        return 0
    log = folders.log("runner")
    keep_previous(log)
    with log.open("wb") as output:
        runner = subprocess.Popen(
            [sys.executable, "-m", "local_stack", "run"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, "OPENPMM_DATA_DIR": str(settings.data_dir), "PYTHONUNBUFFERED": "1"},
        )
    try:
        return _follow(folders, runner, log)
    except KeyboardInterrupt:
        runner.send_signal(signal.SIGTERM)
        return runner.wait() or 130


def _follow(folders: Folders, runner: "subprocess.Popen[bytes]", log: Path) -> int:
    """Print the runner's lines as they come, until it is ready or has ended."""
    with log.open("rb") as lines:
        while True:
            code = runner.poll()
            state = read_state(folders)
            ready = state is not None and state.pid == runner.pid and state.phase == "ready"
            sys.stdout.write(lines.read().decode("utf-8", "replace"))
            sys.stdout.flush()
            if code is not None:
                return code or 1
            if ready:
                return 0
            time.sleep(_POLL_SECONDS)


def down(settings: StackSettings) -> int:
    """Stop the stack and wait until everything of it has ended."""
    folders = Folders(settings.data_dir)
    state = read_state(folders)
    if not is_running(folders) or state is None:
        left = _sweep(folders)
        ended = f" Ended what was left over: {', '.join(left)}." if left else ""
        print(f"The stack is not running (data folder {folders.root}).{ended}")
        return 0
    os.kill(state.pid, signal.SIGTERM)
    deadline = time.monotonic() + _DOWN_SECONDS
    while is_running(folders):
        if time.monotonic() > deadline:
            raise StackError(f"The runner (process {state.pid}) has not stopped within {_DOWN_SECONDS:.0f} s.")
        time.sleep(_POLL_SECONDS)
    print(f"The stack is stopped (data folder {folders.root}).")
    return 0


def _sweep(folders: Folders) -> list[str]:
    if not folders.root.exists():
        return []
    with runner_lock(folders):
        return sweep(folders)


def status(settings: StackSettings) -> int:
    """A table of all components, each asked right now; exit code 0 only when everything is ready."""
    folders = Folders(settings.data_dir)
    state = read_state(folders)
    if state is None or not is_running(folders):
        reason = f" It failed: {state.error}" if state and state.phase == "failed" else ""
        print(f"The stack is not running (data folder {folders.root}).{reason}")
        return 3
    rows = list(state.components.values())
    ready = asyncio.run(_ask(rows))
    print(f"{state.phase} at {state.url}, runner {state.pid}, data folder {folders.root}")
    for note in state.notes:
        print(f"note: {note}")
    print(f"{'component':<20} {'state':<12} {'port':>6} {'process':>8} {'restarts':>8} {'MB':>6}  since")
    for row, answer in zip(rows, ready, strict=True):
        print(_line(row, answer))
    return 0 if state.phase == "ready" and all(ready) else 1


async def _ask(rows: list[ComponentState]) -> list[bool]:
    return list(await asyncio.gather(*(is_ready(row.probe) for row in rows)))


def _line(row: ComponentState, answers: bool) -> str:
    phase = row.phase if answers or row.phase != "ready" else "not ready"
    since = time.strftime("%H:%M:%S", time.localtime(row.since))
    numbers = f"{row.port:>6} {row.pid or '-':>8} {row.restarts:>8} {_megabytes(row.pid):>6}"
    return f"{row.name:<20} {phase:<12} {numbers}  {since}"


def _megabytes(pid: int) -> str:
    try:
        return f"{psutil.Process(pid).memory_info().rss / 1e6:.0f}" if pid else "-"
    except psutil.Error:
        return "-"


def logs(settings: StackSettings, component: str | None, count: int) -> int:
    """The last lines of one log or of all."""
    folders = Folders(settings.data_dir)
    found = sorted(folders.logs.glob("*.log"))
    if component:
        found = [log for log in found if log.stem == component]
        if not found:
            names = ", ".join(log.stem for log in sorted(folders.logs.glob("*.log"))) or "none yet"
            raise StackError(f"There is no log of {component}. Logs: {names}.")
    for log in found:
        if not component:
            print(f"==> {log} <==")
        print("\n".join(last_lines(log, count)))
    return 0


def reset(settings: StackSettings) -> int:
    """Stop the stack and delete its data; asks for nothing, says what it removed."""
    folders = Folders(settings.data_dir)
    down(settings)
    removed = remove_data(folders)
    for path in removed:
        print(f"removed {path}")
    if settings.external_postgres_url:
        print("The external databases (framework, submission, scoring, reporting) were left alone.")
    print(
        f"The data folder {folders.root} is reset: the next start begins empty."
        if removed
        else f"Nothing was there to remove in the data folder {folders.root}."
    )
    return 0
