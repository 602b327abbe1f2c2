"""The subcommands that every service has: api, worker, migrate, check, replay, retry-parked, openapi.

A service names its parts and each subcommand its module; they are loaded by name, so that a process loads only what it
runs: a worker no web framework, an api no broker client, and neither the migration tool.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import structlog

from service_kit.logs import configure_logs
from service_kit.revisions import WrongRevisionError

COMMANDS = {
    "api": "service_kit.commands.api:run",
    "worker": "service_kit.commands.worker:run",
    "migrate": "service_kit.commands.migrate:run",
    "check": "service_kit.commands.check:run",
    "replay": "service_kit.commands.replay:run",
    "retry-parked": "service_kit.commands.retry_parked:run",
    "openapi": "service_kit.commands.openapi:run",
}
log = structlog.get_logger()


@dataclass(frozen=True)
class Process:
    """How one service is built: each part as `module:name`.

    `settings` makes the settings; `application` and `loops` take them and make the HTTP application and what the worker
    runs; `metadata` is the tables; `after_migration` takes the settings too.
    """

    name: str
    migrations: Path
    settings: str
    metadata: str
    application: str
    loops: str
    after_migration: str | None = None

    def part(self, name: str) -> Any:
        """The part, loaded now."""
        return resolve_name(getattr(self, name))


def main(process: Process, arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit code."""
    parser = argparse.ArgumentParser(prog=process.name)
    parser.add_argument("command", choices=sorted(COMMANDS))
    chosen = parser.parse_args(arguments).command
    settings = process.part("settings")()
    configure_logs(process.name, settings.log_level)
    try:
        return int(resolve_name(COMMANDS[chosen])(process, settings))
    except WrongRevisionError as error:
        log.error("wrong_revision", reason=str(error))
        return 2
