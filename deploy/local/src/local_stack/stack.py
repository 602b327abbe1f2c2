"""The whole stack for tests: real components on free ports in a data folder of their own.

with running_stack() as stack:
    httpx.get(f"{stack.url}/api/v1/cycles", headers=stack.headers("secretariat"))
    stack.kill("scoring-worker")
    stack.wait_ready()
"""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from local_stack.component import clean_environment
from local_stack.errors import StackError
from local_stack.folders import Folders, last_lines
from local_stack.issuer.personas import SECRET
from local_stack.places import remove_data
from local_stack.ports import free_block
from local_stack.probes import is_ready
from local_stack.processes import GUARD
from local_stack.state import ComponentState, StackState, read_state

_POLL_SECONDS = 0.05


class Stack:
    """A stack that a runner process of its own keeps up; the same `run` that an operator uses."""

    def __init__(self, data_dir: Path, environment: Mapping[str, str]) -> None:
        self.folders = Folders(data_dir.resolve())
        self.port = int(environment["OPENPMM_PORT"])
        self.internal_port_base = int(environment["OPENPMM_INTERNAL_PORT_BASE"])
        self.postgres_port = self.internal_port_base + 1
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {**environment, "OPENPMM_DATA_DIR": str(self.folders.root), "PYTHONUNBUFFERED": "1"}
        self._runner: subprocess.Popen[bytes] | None = None
        self._killed: set[tuple[int, float | None]] = set()

    def start(self) -> None:
        """Start the runner; `wait_ready` waits for the stack. The runner ends with the thread that calls this."""
        self.folders.make()
        numbers = [str(number) for number in (int(signal.SIGTERM), os.getpid(), -1, -1)]
        with self.folders.log("runner").open("ab") as output:
            self._runner = subprocess.Popen(
                [sys.executable, "-I", "-S", str(GUARD), *numbers, "--", sys.executable, "-m", "local_stack", "run"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**clean_environment(), **self.environment},
            )

    def wait_ready(self, seconds: float = 90.0) -> None:
        """Wait until every component answers, none of them a process that was killed through this object."""
        deadline = time.monotonic() + seconds
        while not self._is_ready():
            if self._runner is None or self._runner.poll() is not None:
                raise StackError("The runner has ended.\n" + "\n".join(last_lines(self.folders.log("runner"), 40)))
            if time.monotonic() > deadline:
                lines = "\n".join(last_lines(self.folders.log("runner"), 40))
                raise StackError(f"The stack is not ready after {seconds:.0f} s.\n{lines}")
            time.sleep(_POLL_SECONDS)

    def _is_ready(self) -> bool:
        state = read_state(self.folders)
        if self._runner is None or state is None or state.pid != self._runner.pid or state.phase != "ready":
            return False
        rows = list(state.components.values())
        if any(row.phase != "ready" or (row.pid, row.born) in self._killed for row in rows):
            return False
        return asyncio.run(_all_ready([*(row.probe for row in rows), f"envoy://127.0.0.1:{self.internal_port_base}"]))

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> int:
        """Send a signal to a component's process; SIGKILL unless told otherwise. Returns its process id."""
        row = self.component(name)
        self._killed.add((row.pid, row.born))
        os.kill(row.pid, number)
        return row.pid

    def kill_runner(self) -> None:
        """SIGKILL for the runner itself; its components go with it (Linux)."""
        if self._runner:
            self._runner.kill()
            self._runner.wait()
            self._runner = None

    def stop(self) -> None:
        """Stop the stack in an orderly way; the data stays, and `start` starts it again."""
        if self._runner:
            self._runner.send_signal(signal.SIGTERM)
            try:
                self._runner.wait(60)
            except subprocess.TimeoutExpired:
                self._runner.kill()
                self._runner.wait()
            self._runner = None

    def remove(self) -> None:
        """Delete the data of the stopped stack."""
        remove_data(self.folders)

    def state(self) -> StackState:
        """What the runner says about itself and its components."""
        state = read_state(self.folders)
        if state is None:
            raise StackError("The stack has not been started yet.")
        return state

    def component(self, name: str) -> ComponentState:
        """Process id, port, phase and restarts of `postgres`, `broker`, `issuer`, `gateway`, `scoring-worker`, ..."""
        components = self.state().components
        if name not in components:
            raise StackError(f"There is no component {name}; there are: {', '.join(components)}.")
        return components[name]

    def component_url(self, name: str) -> str:
        """The internal address of an API or worker, past the gateway."""
        return f"http://127.0.0.1:{self.component(name).port}"

    def database_url(self, service: str) -> str:
        """The address of a service's database for SQLAlchemy, with its role and password."""
        return self.state().databases[service]

    def log(self, component: str, count: int = 50) -> list[str]:
        """The last lines of a component's log."""
        return last_lines(self.folders.log(component), count)

    def token(self, client_id: str, scope: str | None = None, expires_in: int | None = None) -> str:
        """An access token of a persona; negative `expires_in` for one that has expired already."""
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": SECRET}
        form |= {"scope": scope} if scope else {}
        form |= {"expires_in": str(expires_in)} if expires_in is not None else {}
        answer = httpx.post(f"{self.url}/auth/oauth2/token", data=form, timeout=10).raise_for_status()
        return str(answer.json()["access_token"])

    def headers(self, client_id: str, scope: str | None = None) -> dict[str, str]:
        """The Authorization header of a persona."""
        return {"Authorization": f"Bearer {self.token(client_id, scope)}"}


async def _all_ready(probes: list[str]) -> bool:
    return all(await asyncio.gather(*map(is_ready, probes)))


def make_stack(data_dir: Path, *, demo: bool = False, environment: Mapping[str, str] | None = None) -> Stack:
    """A stack on free ports that is not started yet; `environment` adds OPENPMM_... settings."""
    base = free_block()
    ports = {"OPENPMM_INTERNAL_PORT_BASE": str(base), "OPENPMM_PORT": str(base + 29)}
    return Stack(data_dir, {**ports, "OPENPMM_DEMO": "on" if demo else "off", **(environment or {})})


@contextmanager
def running_stack(
    data_dir: Path | None = None,
    *,
    demo: bool = False,
    keep: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Stack]:
    """Start the whole stack, wait until it is ready, stop it at the end; its data is deleted unless `keep` is set."""
    folder = data_dir or Path(tempfile.mkdtemp(prefix="openpmm-"))
    if data_dir is None:
        folder.chmod(0o711)  # PostgreSQL runs as nobody when we are root, and must be able to pass through
    stack = make_stack(folder, demo=demo, environment=environment)
    try:
        stack.start()
        stack.wait_ready()
        yield stack
    finally:
        stack.stop()
        if not keep:
            stack.remove()
