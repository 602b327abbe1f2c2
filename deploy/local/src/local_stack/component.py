"""What the runner starts: long-lived components and steps that must end before others begin."""

import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Account:
    """A user of the operating system that a component runs as."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Command:
    """A program with its surroundings."""

    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    account: Account | None = None
    death_signal: signal.Signals = signal.SIGKILL
    working_directory: Path = Path("/")


@dataclass(frozen=True)
class Component:
    """A process that is started, watched, started again when it dies, and stopped."""

    name: str
    command: Command
    port: int
    probe: str
    after: tuple[str, ...] = ()
    stop_rank: int = 0
    stop_signal: signal.Signals = signal.SIGTERM


@dataclass(frozen=True)
class Step:
    """Work that is done once; what comes `after` it waits for its end."""

    name: str
    run: Callable[[], Awaitable[None]]
    after: tuple[str, ...] = ()


def clean_environment() -> dict[str, str]:
    """The runner's own environment without the variables that would steer libpq behind our back."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")}
