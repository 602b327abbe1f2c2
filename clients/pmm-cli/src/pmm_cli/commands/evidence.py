"""Evidence: files that stand for answers."""

from pathlib import Path
from typing import Annotated

import typer

from pmm_cli.errors import usage
from pmm_cli.files import read_bytes, write_file
from pmm_cli.session import Administration, AsJson, AsOf, CycleCode, open_session

app = typer.Typer(no_args_is_help=True, help="Evidence: files that stand for your answers.")
EvidenceId = Annotated[str, typer.Argument(metavar="ID", help="Id of the file, as `pmm evidence list` tells it.")]
COLUMNS = ("id", "about", "name", "media_type", "size", "added_at", "removed_at")


@app.command("list")
def list_evidence(
    cycle: CycleCode, administration: Administration = None, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """List the files of a submission."""
    session = open_session(as_json)
    path = f"{session.submission(cycle, administration)}/evidence"
    found = session.api.get(path, params={"as_of": as_of})
    session.output.result(found)
    rows = [tuple(each[column] for column in COLUMNS) for each in found["items"]]
    session.output.table("Evidence", [column.replace("_", " ") for column in COLUMNS], rows)


@app.command()
def add(
    cycle: CycleCode,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file, as it is.")],
    about: Annotated[str, typer.Option(metavar="CODE", help="The input or KPI that it stands for.")],
    administration: Administration = None,
    as_json: AsJson = False,
) -> None:
    """Add a file to the draft. The same file again changes nothing."""
    session = open_session(as_json)
    path = f"{session.submission(cycle, administration)}/evidence"
    headers = {"Content-Type": "application/octet-stream"}
    params = {"about": about, "name": file.name}
    found = session.api.ask("POST", path, content=read_bytes(file), headers=headers, params=params)
    done = "Added" if found["is_new"] else "It was there already"
    session.output.result(found, f"{done}: {file} stands for {about} ({found['id']}).")
    if found["note"]:
        session.output.note(found["note"])


@app.command()
def get(
    cycle: CycleCode,
    evidence: EvidenceId,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write; left out, one of its name, here.")
    ] = None,
    administration: Administration = None,
    as_json: AsJson = False,
) -> None:
    """Fetch a file."""
    session = open_session(as_json)
    path = f"{session.submission(cycle, administration)}/evidence/{evidence}"
    target = out or Path(Path(session.api.get(path)["name"]).name or evidence)
    if out is None and target.exists():
        raise usage(f"There is {target} here already. Name another file with --out.")
    write_file(target, session.api.send("GET", f"{path}/content").content)
    session.output.result({"file": str(target)}, f"Written to {target}.")


@app.command()
def remove(
    cycle: CycleCode, evidence: EvidenceId, administration: Administration = None, as_json: AsJson = False
) -> None:
    """Take a file away from the draft. What was submitted with it keeps it."""
    session = open_session(as_json)
    session.api.send("DELETE", f"{session.submission(cycle, administration)}/evidence/{evidence}")
    session.output.result({"id": evidence, "removed": True}, f"Removed {evidence}.")
