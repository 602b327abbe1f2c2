"""The runner starts everything, keeps it up, leaves nothing behind, and says clearly why it cannot."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx
import psycopg
import pytest

from local_stack.errors import StackError
from local_stack.processes import is_same_process
from local_stack.stack import Stack
from local_stack.state import ComponentState

MakeStack = Callable[..., Stack]
COMPONENTS = ["postgres", "broker", "issuer", "gateway", "framework-api", "framework-worker", "submission-api"]
COMPONENTS += ["submission-worker", "scoring-api", "scoring-worker", "reporting-api", "reporting-worker"]


def wait_until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        time.sleep(0.02)


def alive(rows: list[ComponentState]) -> list[str]:
    return [row.name for row in rows if row.pid and is_same_process(row.pid, row.born)]


@pytest.fixture
def own_stack(make_stand_in_stack: MakeStack) -> Stack:
    """A running stack that the test may ruin."""
    stack = make_stand_in_stack()
    stack.start()
    stack.wait_ready()
    return stack


def command(stack: Stack, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """One command of the command line on the data folder of the stack."""
    environment = {**os.environ, **stack.environment, **more}
    line = [sys.executable, "-m", "local_stack", *arguments]
    return subprocess.run(line, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_starts_every_component_once(stack: Stack) -> None:
    rows = stack.state().components
    assert sorted(rows) == sorted(COMPONENTS)
    assert alive(list(rows.values())) == list(rows)
    answer = httpx.get(f"{stack.url}/api/v1/scores/x", headers=stack.headers("secretariat"))
    assert answer.json()["database"] == "scoring"


def test_nothing_survives_when_the_runner_is_killed(own_stack: Stack) -> None:
    rows = list(own_stack.state().components.values())
    own_stack.kill_runner()
    if sys.platform == "linux":  # the kernel ends the components; elsewhere the next start does
        wait_until(lambda: not alive(rows), seconds=10)
    own_stack.start()
    own_stack.wait_ready()
    assert alive(rows) == []


@pytest.mark.parametrize("name", ["postgres", "broker", "gateway", "issuer", "scoring-worker"])
def test_starts_a_killed_component_again(stack: Stack, name: str) -> None:
    before = stack.state().components
    killed = stack.kill(name)
    stack.wait_ready()
    assert stack.component(name).pid != killed
    assert stack.component(name).restarts == before[name].restarts + 1
    others = [row for row in stack.state().components.values() if row.name != name]
    assert [row.pid for row in others] == [before[row.name].pid for row in others]


def test_gives_up_when_a_component_keeps_dying(own_stack: Stack) -> None:
    rows = list(own_stack.state().components.values())
    for _ in range(6):
        killed = own_stack.kill("issuer")
        wait_until(partial(is_replaced_or_given_up, own_stack, "issuer", killed))
    with pytest.raises(StackError, match=r"issuer: ended with signal SIGKILL, more than 5 times within 60 s"):
        own_stack.wait_ready()
    assert alive(rows) == []


def is_replaced_or_given_up(stack: Stack, name: str, pid: int) -> bool:
    row = stack.component(name)
    return stack.state().phase == "failed" or (row.pid != pid and bool(alive([row])))


def test_a_component_that_cannot_start_is_named_with_its_last_words(make_stand_in_stack: MakeStack) -> None:
    stack = make_stand_in_stack(scoring="broken_svc")
    done = command(stack, "up")
    assert done.returncode == 1
    assert "the broken service says why it cannot start" in done.stdout
    assert re.search(r"scoring-(api|worker): ended with exit code 1, more than 2 times", done.stdout)
    assert command(stack, "status").returncode == 3


def test_a_migration_that_fails_stops_the_start(make_stand_in_stack: MakeStack) -> None:
    stack = make_stand_in_stack(reporting="unmigrated_svc")
    stack.start()
    with pytest.raises(StackError, match=r"reporting-migrate: ended with exit code 1\s+\| the migration says what"):
        stack.wait_ready()


def test_names_the_taken_port_its_component_and_its_setting(make_stand_in_stack: MakeStack) -> None:
    stack = make_stand_in_stack()
    with socket.create_server(("127.0.0.1", stack.port)), socket.create_server(("127.0.0.1", stack.postgres_port)):
        done = command(stack, "up")
    assert done.returncode == 1
    assert f"Port {stack.port} is already in use, and gateway needs it" in done.stdout
    assert "OPENPMM_PORT" in done.stdout
    assert f"Port {stack.postgres_port} is already in use, and postgres needs it" in done.stdout
    assert "OPENPMM_INTERNAL_PORT_BASE" in done.stdout


def test_names_a_setting_that_is_wrong(make_stand_in_stack: MakeStack) -> None:
    done = command(make_stand_in_stack(), "run", OPENPMM_PORT="eighty")
    assert done.returncode == 2
    assert "OPENPMM_PORT" in done.stderr


def test_background_commands(make_stand_in_stack: MakeStack) -> None:
    stack = make_stand_in_stack()
    up = command(stack, "up")
    assert up.returncode == 0, up.stdout + up.stderr
    assert f"{stack.url}/docs" in up.stdout
    assert "already running" in command(stack, "up").stdout
    status = command(stack, "status")
    assert status.returncode == 0, status.stdout
    assert [name for name in COMPONENTS if name not in status.stdout] == []
    assert "database system is ready" in command(stack, "logs", "postgres").stdout
    assert "There is no log of nonsense" in command(stack, "logs", "nonsense").stderr
    rows = list(stack.state().components.values())
    assert f"The stack is stopped (data folder {stack.folders.root})." in command(stack, "down").stdout
    assert alive(rows) == []
    assert command(stack, "status").returncode == 3
    assert "not running" in command(stack, "down").stdout
    reset = command(stack, "reset")
    assert f"removed {stack.folders.postgres}" in reset.stdout or "removed /var/tmp/" in reset.stdout
    assert f"The data folder {stack.folders.root} is reset" in reset.stdout
    assert not stack.folders.root.exists()


def test_ctrl_c_stops_everything_in_reverse_order(own_stack: Stack) -> None:
    rows = list(own_stack.state().components.values())
    os.kill(own_stack.state().pid, signal.SIGINT)
    wait_until(lambda: own_stack.state().phase == "stopped")
    assert alive(rows) == []
    stopped = [line.split()[2] for line in own_stack.log("runner", 20) if line.endswith("stopped")]
    assert (stopped[0], set(stopped[-2:])) == ("gateway", {"postgres", "broker"})


def test_a_stop_in_the_middle_of_the_start_leaves_nothing(make_stand_in_stack: MakeStack) -> None:
    stack = make_stand_in_stack()
    stack.start()
    wait_until(lambda: stack.folders.state.exists() and len(stack.state().components) > 3)
    os.kill(stack.state().pid, signal.SIGINT)
    wait_until(lambda: stack.state().phase == "stopped")
    assert alive(list(stack.state().components.values())) == []
    stack.stop()
    stack.start()
    stack.wait_ready()


def test_each_service_has_its_own_database_and_no_other(stack: Stack) -> None:
    own, other = stack.database_url("scoring"), stack.database_url("submission")
    address = own.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(address) as connection:
        row = connection.execute("select current_user, rolsuper from pg_roles where rolname = current_user").fetchone()
        assert row == ("scoring", False)
        assert connection.execute("show fsync").fetchone() == ("on",)
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(address.rpartition("/")[0] + "/" + other.rpartition("/")[2])
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(address.replace("scoring:", "scoring:x"))


def test_what_is_secret_is_readable_by_its_owner_only(stack: Stack) -> None:
    folders = stack.folders
    for path in (folders.passwords, folders.signing_key, folders.state):
        assert path.stat().st_mode & 0o077 == 0, path


def test_tokens_and_data_outlive_a_restart(own_stack: Stack) -> None:
    token, address = own_stack.token("loader"), own_stack.database_url("scoring").replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("create table kept (x int)")
    own_stack.stop()
    own_stack.start()
    own_stack.wait_ready()
    with psycopg.connect(address) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)
    answer = httpx.get(f"{own_stack.url}/api/v1/cycles", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200


def test_a_second_runner_on_the_same_data_is_refused(stack: Stack) -> None:
    done = command(stack, "run")
    assert (done.returncode, "already running" in done.stderr) == (1, True)


def test_works_from_a_folder_that_only_its_owner_can_enter(make_stand_in_stack: MakeStack, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    stack = make_stand_in_stack()
    stack.start()
    stack.wait_ready()
    if os.geteuid() == 0:
        assert "nobody cannot enter" in " ".join(stack.state().notes)
        assert not stack.folders.postgres.exists()
    stack.stop()
    stack.remove()
    assert not stack.folders.root.exists()
