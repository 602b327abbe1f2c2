"""Push a file, follow jobs, and fetch their errors."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn

from pmm_cli.commands.validating import AnswersPath, show_report
from pmm_cli.errors import Exit, PmmError
from pmm_cli.files import form_of, read_file
from pmm_cli.output import Output
from pmm_cli.pushing import PushOptions, push_file
from pmm_cli.session import Administration, AsJson, CycleCode, Language, open_session

COUNTS = ("received", "created", "updated", "removed", "unchanged")


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
    key: Annotated[str | None, typer.Option("--key", help="Idempotency-Key; left out, a new one.")] = None,
    administration: Administration = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Push a file into the draft of your submission. The same file again changes nothing."""
    session = open_session(as_json)
    source = read_file(file)
    path = session.submission(cycle, administration)
    options = PushOptions(replace, take_good, dry_run, as_job, language, key)
    try:
        with Bar(session.output) as bar:
            answer = push_file(session.api, path, source, options, bar.update)
    except PmmError as error:
        if error.problem.get("groups") and not as_json:
            show_report(session.output, {"errors_found": error.problem.get("found"), **error.problem}, str(file))
        raise
    session.output.result(answer)
    _show(session.output, answer, file.name)
    if answer.get("errors"):
        raise typer.Exit(Exit.REFUSED)


def errors(
    cycle: CycleCode,
    job: Annotated[str, typer.Argument(metavar="JOB", help="Id of the job, as `pmm push` tells it.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .csv, .ndjson, .json or a marked .xlsx.")],
    administration: Administration = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Fetch all errors of a job, however many they are."""
    session = open_session(as_json)
    path = f"{session.submission(cycle, administration)}/jobs/{job}/errors"
    found = session.api.send("GET", path, params={"format": form_of(out), "language": language})
    out.write_bytes(found.content)
    session.output.result({"file": str(out)}, f"Written to {out}.")


def cancel(cycle: CycleCode, job: str, administration: Administration = None, as_json: AsJson = False) -> None:
    """Cancel a job that has not saved yet."""
    session = open_session(as_json)
    path = f"{session.submission(cycle, administration)}/jobs/{job}/cancel"
    found = session.api.send("POST", path).json()
    session.output.result(found, f"The job is {found['state']}.")


class Bar:
    """A progress bar on standard error; none for scripts."""

    def __init__(self, output: Output) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f}/{task.total:,.0f}"))
        self._progress = Progress(*columns, console=output.errors, transient=True, disable=output.as_json)
        self._task = self._progress.add_task("sending", total=1)

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def update(self, stage: str, done: int, total: int) -> None:
        """Show how far it is."""
        self._progress.update(self._task, description=stage, completed=done, total=max(total, 1))


def _show(output: Output, answer: dict[str, Any], name: str) -> None:
    counts = answer.get("would") or answer
    said = ", ".join(f"{counts[key]:,} {key}" for key in COUNTS if key in counts)
    output.say(f"{name}: {said}.{' Nothing was saved: this was a dry run.' if 'would' in answer else ''}")
    show_report(
        output, {"rows": counts.get("received", 0), "errors_found": answer.get("errors_found", 0), **answer}, name
    )
    if "kpis" in answer:
        rows = [(each["code"], each["state"], each["value"]) for each in answer["kpis"]]
        output.table("KPI values", ("KPI", "state", "value"), rows)
