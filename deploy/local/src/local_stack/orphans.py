"""Ends what a killed runner has left behind, where the kernel does not do it for us."""

import contextlib
import os
import signal
import time

import psutil

from local_stack.folders import Folders
from local_stack.processes import is_same_process, kill_group
from local_stack.state import ComponentState, StackState, read_state

_PATIENCE_SECONDS = 20.0


def sweep(folders: Folders) -> list[str]:
    """End the processes of an earlier run that are still alive; returns their names. Call with the runner's lock."""
    state = read_state(folders)
    left = _alive(state) if state else []
    for component in left:
        # PostgreSQL gets a chance to release its shared memory: SIGQUIT is its "at once, recover later".
        with contextlib.suppress(ProcessLookupError):
            os.kill(component.pid, signal.SIGQUIT if component.name == "postgres" else signal.SIGKILL)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while any(is_same_process(component.pid, component.born) for component in left):
        if time.monotonic() > deadline:
            for component in left:
                kill_group(component.pid)
        time.sleep(0.02)
    return [component.name for component in left]


def _alive(state: StackState) -> list[ComponentState]:
    return [row for row in state.components.values() if row.pid and is_same_process(row.pid, row.born)]


def remove_stale_postmaster_file(folder_pid_file: os.PathLike[str]) -> bool:
    """Remove `postmaster.pid` when its process is gone: a reused process id would keep PostgreSQL from starting."""
    try:
        with open(folder_pid_file, encoding="utf-8") as stream:  # noqa: PTH123 - any path-like
            pid = int(stream.readline())
    except (FileNotFoundError, ValueError):
        return False
    with contextlib.suppress(psutil.Error):
        if "postgres" in psutil.Process(pid).name():
            return False
    os.unlink(folder_pid_file)  # noqa: PTH108
    return True
