"""Push a file, with a bar that shows how far it is."""

from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn

from pmm_cli.commands.showing import MOST_ERRORS, show_answer, show_report
from pmm_cli.commands.validating import AnswersPath
from pmm_cli.errors import Exit, PmmError, Said
from pmm_cli.files import read_file
from pmm_cli.output import Output
from pmm_cli.pushing import PushOptions, push_file
from pmm_cli.session import Administration, AsJson, Language, open_session


def push(
    file: AnswersPath,
    cycle: Annotated[str, typer.Option("--cycle", "-c", help="Code of the cycle.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Save nothing; show what would come of it.")] = False,
    replace: Annotated[
        str | None,
        typer.Option(
            "--replace", metavar="SCOPE", help="Replace what is there: all, year:2024, input:CODE or node:CODE."
        ),
    ] = None,
    take_good: Annotated[bool, typer.Option("--take-good", help="Save the good rows although others are bad.")] = False,
    as_job: Annotated[bool, typer.Option("--as-job", help="Let the server work on it in the background.")] = False,
    key: Annotated[
        str | None,
        typer.Option("--key", help="Name of this push, to try it again."),
    ] = None,
    administration: Administration = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Push a file into the draft of your submission. The same file again changes nothing."""
    session = open_session(as_json, language)
    source = read_file(file)
    path = session.submission(cycle, administration)
    options = PushOptions(replace, take_good, dry_run, as_job, language, key)
    try:
        with Bar(session.output) as bar:
            answer = push_file(session.api, path, source, options, bar.update)
    except PmmError as error:
        if error.problem.get("groups") and not as_json:
            show_report(session.output, error.problem, str(file))
            error.is_shown = True
            error.advice = _where_all_are(error.problem, cycle, str(file))
        raise
    session.output.result(answer)
    show_answer(session.output, answer, str(file))
    if answer.get("errors"):
        raise typer.Exit(Exit.REFUSED)


class Bar:
    """A progress bar on the terminal; none for scripts and logs."""

    def __init__(self, output: Output) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f}/{task.total:,.0f}"))
        is_unseen = output.as_json or not output.errors.is_terminal
        self._progress = Progress(*columns, console=output.errors, transient=True, disable=is_unseen)
        self._words = output.words
        self._task = self._progress.add_task(output.words("sending"), total=1)

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def update(self, stage: str, done: int, total: int) -> None:
        """Show how far it is."""
        self._progress.update(self._task, description=self._words(stage), completed=done, total=max(total, 1))


def _where_all_are(problem: dict[str, Any], cycle: str, file: str) -> tuple[Said, ...]:
    """How to get the errors that are not on the screen."""
    if (problem.get("found") or 0) <= MOST_ERRORS:
        return ()
    if job := problem.get("job"):
        return (Said("All of them: {command}", {"command": f"pmm errors {cycle} {job} --out all.csv"}),)
    command = f"pmm push {file} --cycle {cycle} ... --as-job"
    return (Said("All of them: {command}, then `pmm errors` for the job.", {"command": command}),)
