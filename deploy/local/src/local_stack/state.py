"""The state file: what the runner tells the other commands (status, down, logs, tests) about itself."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from local_stack.errors import StackError
from local_stack.folders import Folders, write_private
from local_stack.processes import birth


@dataclass
class ComponentState:
    """One line of `status`."""

    name: str
    port: int
    probe: str
    pid: int = 0
    born: float | None = None
    phase: str = "waiting"  # waiting, starting, ready, restarting, stopped
    restarts: int = 0
    since: float = field(default_factory=time.time)

    def enter(self, phase: str) -> None:
        self.phase, self.since = phase, time.time()


@dataclass
class StackState:
    """Everything about one run of the stack."""

    url: str
    pid: int = field(default_factory=os.getpid)
    born: float | None = field(default_factory=lambda: birth(os.getpid()))
    phase: str = "starting"  # starting, ready, stopping, stopped, failed
    error: str = ""
    notes: list[str] = field(default_factory=list)
    databases: dict[str, str] = field(default_factory=dict)
    components: dict[str, ComponentState] = field(default_factory=dict)


def write_state(folders: Folders, state: StackState) -> None:
    """Readable by the owner only: it holds database addresses with passwords."""
    write_private(folders.state, json.dumps(asdict(state), indent=1))


def read_state(folders: Folders) -> StackState | None:
    """The last state that a runner has written, or None."""
    try:
        document: dict[str, Any] = json.loads(folders.state.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    components = {name: ComponentState(**row) for name, row in document.pop("components").items()}
    return StackState(components=components, **document)


@contextmanager
def runner_lock(folders: Folders) -> Iterator[None]:
    """Held by the runner of this data folder for as long as it lives; the kernel lets go when it dies."""
    descriptor = os.open(folders.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StackError(
                f"The stack with the data folder {folders.root} is already running; `make down` stops it."
            ) from None
        yield
    finally:
        os.close(descriptor)


def is_running(folders: Folders) -> bool:
    """Whether a runner of this data folder is alive."""
    if not folders.lock.exists():
        return False
    try:
        with runner_lock(folders):
            return False
    except StackError:
        return True
