"""Get a template, and check a file: on this machine, or by the server without saving anything."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from answer_intake.judging import judge
from pmm_cli.commands.showing import MOST_ERRORS, show_report
from pmm_cli.errors import Exit
from pmm_cli.files import form_of, read_file, report_bytes, write_file
from pmm_cli.rules import rules_of
from pmm_cli.session import Administration, AsJson, CycleCode, Language, open_session

AnswersPath = Annotated[Path, typer.Argument(metavar="FILE", help="Answers as .xlsx, .csv, .json or .ndjson.")]


def template(
    cycle: CycleCode,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write it.")] = None,
    administration: Administration = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Fetch the workbook to fill in: the inputs of your cycle with explanations, and what is known already."""
    session = open_session(as_json, language)
    path = session.submission(cycle, administration)
    target = out or Path(f"{cycle}-{path.rpartition('/')[2]}.xlsx")
    write_file(target, session.api.send("GET", f"{path}/template", params={"language": language}).content)
    said = "Written to {file}. Fill in the yellow cells, then: {command}"
    command = f"pmm push {target} --cycle {cycle}"
    session.output.result({"file": str(target)}, said, file=target, command=command)


def validate(
    file: AnswersPath,
    cycle: Annotated[str, typer.Option("--cycle", "-c", help="Code of the cycle.")],
    out: Annotated[
        Path | None, typer.Option("--errors", "-e", help="Write all errors to .csv, .ndjson, .json or a marked .xlsx.")
    ] = None,
    administration: Administration = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Check a file on this machine by the rules that the server has. Ends with 1 when anything has to be mended."""
    session = open_session(as_json, language)
    source = read_file(file)
    rules = rules_of(session, cycle)
    spoken = session.output.language
    whose = session.administration(administration) if rules.is_fresh else administration or ""
    today = datetime.now(UTC).date()
    own = rules.own_template(whose)
    report = judge(source.body, source.format, rules.pack, rules.reporting_year, own, today, spoken)
    document = report.document(spoken)
    if out is not None:
        write_file(out, report_bytes(report, form_of(out), spoken, source))
    output = session.output
    output.result(document)
    show_report(output, document, str(file))
    if out is not None:
        output.note("Written to {file}.", file=out)
    elif (found := document["errors_found"]) > MOST_ERRORS:
        output.note("All {number} errors: the same with --errors all.csv", number=found)
    if report.findings or any(violation.blocks for violation in report.violations):
        raise typer.Exit(Exit.REFUSED)
