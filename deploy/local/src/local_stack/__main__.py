"""`python -m local_stack run|up|down|status|logs|reset|env`: the command line of the local stack."""

import argparse
import os
import shlex
import sys
from collections.abc import Callable

from pydantic import ValidationError

from local_stack import background
from local_stack.errors import StackError
from local_stack.folders import Folders
from local_stack.plan import database_urls
from local_stack.runner import run
from local_stack.services import service_environment
from local_stack.settings import SERVICES, StackSettings


def main(arguments: list[str] | None = None) -> int:
    """Run one command; errors that a person can act on are printed as text, without a traceback."""
    options = _parser().parse_args(arguments)
    try:
        settings = StackSettings()
        commands: dict[str, Callable[[], int]] = {
            "run": lambda: run(settings),
            "up": lambda: background.up(settings),
            "down": lambda: background.down(settings),
            "status": lambda: background.status(settings),
            "reset": lambda: background.reset(settings),
            "logs": lambda: background.logs(settings, options.component, options.lines),
            "env": lambda: _environment(settings, options.service),
        }
        return commands[options.command]()
    except ValidationError as error:
        wrong = "".join(f"\n  OPENPMM_{'.'.join(map(str, row['loc'])).upper()}: {row['msg']}" for row in error.errors())
        print(f"A setting is wrong:{wrong}", file=sys.stderr)
        return 2
    except StackError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m local_stack", description="The whole mechanism on this machine.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="run in the foreground; Ctrl-C stops everything")
    commands.add_parser("up", help="start in the background; returns when everything is ready")
    commands.add_parser("down", help="stop, and wait until everything has ended")
    commands.add_parser("status", help="what runs, on which port, since when")
    commands.add_parser("reset", help="stop and delete all data of the stack")
    logs = commands.add_parser("logs", help="the last lines of all logs or of one")
    logs.add_argument("component", nargs="?")
    logs.add_argument("--lines", type=int, default=20)
    environment = commands.add_parser("env", help="the environment of one service, to run it by hand")
    environment.add_argument("service", choices=SERVICES)
    return parser


def _environment(settings: StackSettings, service: str) -> int:
    """Lines for `eval`; they hold the password of the service's database."""
    folders = Folders(settings.data_dir)
    folders.make()
    for name, value in service_environment(settings, service, database_urls(settings, folders)[service]).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
