"""The subcommands that every service has: api, worker, migrate, check, replay, retry-parked, openapi.

A service names its parts and each subcommand its module; they are loaded by name, so that a process loads only what it
runs: a worker no web framework, an api no broker client, and neither the migration tool.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    runs; `metadata` is the tables; `after_migration` takes the settings too. `commands` are subcommands that not every
    service has; they read settings of their own, often fewer, and take the words after them.
    """

    name: str
    migrations: Path
    settings: str
    metadata: str
    application: str
    loops: str
    after_migration: str | None = None
    commands: Mapping[str, str] = field(default_factory=dict)

    def part(self, name: str) -> Any:
        """The part, loaded now."""
        return resolve_name(getattr(self, name))


def main(process: Process, arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit code."""
    parser = argparse.ArgumentParser(prog=process.name)
    parser.add_argument("command", choices=sorted({*COMMANDS, *process.commands}))
    parser.add_argument("words", nargs="*", help="what the command is told beside")
    options = parser.parse_args(arguments)
    if options.words and options.command not in process.commands:
        parser.error(f"{options.command} takes nothing beside")
    if options.command in process.commands:
        return int(resolve_name(process.commands[options.command])(process, options.words))
    settings = process.part("settings")()
    configure_logs(process.name, settings.log_level)
    try:
        return int(resolve_name(COMMANDS[options.command])(process, settings))
    except WrongRevisionError as error:
        log.error("wrong_revision", reason=str(error))
        return 2
