"""`pmm`: the command line of national systems. Assembles the commands and turns errors into exit codes."""

import sys
from collections.abc import Sequence

import typer

from pmm_cli.commands import account, jobs, pushing, reading, steps, validating, warnings, watch
from pmm_cli.errors import PmmError
from pmm_cli.output import Output

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="OpenPMM from the command line: template, validate, push, submit, scores.",
    epilog="Exit codes: 0 done; 1 refused, or errors in the file; 2 wrong usage; 3 not signed in or not allowed; "
    "4 server unreachable; 5 job cancelled.",
)
for command in (
    account.login,
    account.logout,
    account.whoami,
    reading.cycles,
    reading.inputs,
    validating.template,
    validating.validate,
    pushing.push,
    jobs.jobs,
    jobs.errors,
    jobs.cancel,
    warnings.warnings,
    warnings.explain,
    reading.status,
    reading.scores,
    steps.submit,
    steps.withdraw,
    steps.revise,
    watch.watch,
):
    app.command()(command)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    try:
        app(args=list(arguments))
    except PmmError as error:
        Output(as_json="--json" in arguments).failure(error)
        return int(error.exit_code)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 0
    return 0


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
