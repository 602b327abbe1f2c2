"""Starts and ends single processes so that none of them can outlive the runner."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, STDOUT, Process
from pathlib import Path

import psutil

from local_stack.component import Command, clean_environment
from local_stack.errors import ComponentFailedError
from local_stack.folders import last_lines

GUARD = Path(__file__).with_name("guard.py")


async def spawn(command: Command, log: Path) -> Process:
    """Start the command in a process group of its own, its output appended to the log."""
    account = command.account
    uid, gid = (account.uid, account.gid) if account else (-1, -1)
    numbers = (int(command.death_signal), os.getpid(), uid, gid)
    guard = (sys.executable, "-I", "-S", str(GUARD), *map(str, numbers), "--")
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            *guard,
            *command.argv,
            stdin=DEVNULL,
            stdout=output,
            stderr=STDOUT,
            env={**clean_environment(), **command.environment},
            cwd=command.working_directory,
            process_group=0,
        )


async def run_to_end(name: str, command: Command, log: Path) -> None:
    """Run a command that ends by itself; anything but exit code 0 is an error with its last log lines."""
    process = await spawn(command, log)
    try:
        code = await process.wait()
    finally:
        if process.returncode is None:
            kill_group(process.pid)
    if code != 0:
        raise ComponentFailedError(name, f"ended with {describe_exit(code)}", last_lines(log))


async def stop(process: Process, stop_signal: signal.Signals, seconds: float) -> bool:
    """Ask the process to end, insist after the given time; False when it had to be killed."""
    polite = True
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(stop_signal)
        try:
            async with asyncio.timeout(seconds):
                await process.wait()
        except TimeoutError:
            polite = False
    kill_group(process.pid)
    await process.wait()
    return polite


def kill_group(pid: int) -> None:
    """SIGKILL for the process and whatever it has started in its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def describe_exit(code: int) -> str:
    """`exit code 1` or `signal SIGKILL`."""
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def birth(pid: int) -> float | None:
    """When the process began: together with its id this names a process for good; None when there is none."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return None


def is_same_process(pid: int, born: float | None) -> bool:
    """Whether the process with this id is still the one that began at that time, and is not a zombie."""
    now = birth(pid)
    if now is None or born is None or abs(now - born) > 0.05:
        return False
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False
