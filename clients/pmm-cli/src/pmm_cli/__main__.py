"""`pmm`: the command line of national systems. Assembles the commands and turns errors into exit codes."""

import os
import sys
from collections.abc import Callable, Sequence

import typer

from answer_intake.wording import known_language
from pmm_cli.commands import (
    account,
    audit,
    disclosing,
    evidence,
    jobs,
    past,
    pushing,
    reading,
    steps,
    threads,
    validating,
    warnings,
    watch,
)
from pmm_cli.errors import PmmError
from pmm_cli.output import Output

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Report to OpenPMM as a customs administration: check figures, push them, hand them in, read the scores.",
    epilog="Exit codes: 0 done; 1 refused, or errors in the file; 2 wrong usage; 3 not signed in or not allowed; "
    "4 server unreachable; 5 job cancelled.",
)
COMMANDS: dict[str, tuple[Callable[..., None], ...]] = {
    "Who you are": (account.login, account.logout, account.whoami),
    "What is asked for": (reading.cycles, reading.inputs, validating.template),
    "Your figures": (
        *(validating.validate, pushing.push, jobs.jobs, jobs.errors, jobs.cancel),
        *(past.answers, warnings.warnings, warnings.explain),
    ),
    "Handing in": (
        *(reading.status, disclosing.seen_by, steps.submit, steps.withdraw, steps.revise),
        *(past.difference, past.history),
    ),
    "What came of it": (reading.scores, watch.watch),
}
GROUPS = {
    "evidence": ("Your figures", evidence.app),
    "disclosure": ("Handing in", disclosing.app),
    "threads": ("Handing in", threads.app),
    "audit": ("What came of it", audit.app),
}
for panel, commands in COMMANDS.items():
    for command in commands:
        app.command(rich_help_panel=panel)(command)
for name, (panel, group) in GROUPS.items():
    app.add_typer(group, name=name, rich_help_panel=panel)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    try:
        app(args=list(arguments), prog_name="pmm")
    except PmmError as error:
        Output("--json" in arguments, _language(arguments)).failure(error)
        return int(error.exit_code)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 0
    return 0


def _language(arguments: Sequence[str]) -> str:
    """The language that a command was asked for, for what went wrong with it."""
    asked = os.environ.get("OPENPMM_LANGUAGE", "en")
    for option, value in zip(arguments, (*arguments[1:], ""), strict=True):
        name, _, joined = option.partition("=")
        if name in ("--language", "-l"):
            asked = joined or value
    return known_language(asked)


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
