"""Jobs: list them, fetch their errors, cancel them."""

from pathlib import Path
from typing import Annotated

import typer

from pmm_cli.files import form_of, write_file
from pmm_cli.session import Administration, AsJson, CycleCode, Language, open_session

JobId = Annotated[str, typer.Argument(metavar="JOB", help="Id of the job, as `pmm push` and `pmm jobs` tell it.")]


def jobs(cycle: CycleCode, administration: Administration = None, as_json: AsJson = False) -> None:
    """List the pushes that the server does in the background (jobs), the newest first, and how far they are."""
    session = open_session(as_json)
    found = session.api.get(f"{session.submission(cycle, administration)}/jobs")
    session.output.result(found)
    columns = ("id", "state", "stage", "rows_done", "rows_total", "errors_found", "created_at")
    rows = [tuple(each[column] for column in columns) for each in found["items"]]
    session.output.table(f"Jobs in {cycle}", [column.replace("_", " ") for column in columns], rows)


def errors(
    cycle: CycleCode,
    job: JobId,
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .csv, .ndjson, .json or a marked .xlsx.")],
    administration: Administration = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Fetch all errors of a job, however many they are."""
    session = open_session(as_json, language)
    path = f"{session.submission(cycle, administration)}/jobs/{job}/errors"
    found = session.api.send("GET", path, params={"format": form_of(out), "language": language})
    write_file(out, found.content)
    session.output.result({"file": str(out)}, "Written to {file}.", file=out)


def cancel(cycle: CycleCode, job: JobId, administration: Administration = None, as_json: AsJson = False) -> None:
    """Cancel a job that has not saved yet."""
    session = open_session(as_json)
    path = f"{session.submission(cycle, administration)}/jobs/{job}/cancel"
    found = session.api.ask("POST", path)
    session.output.result(found, f"The job is {found['state']}.")
