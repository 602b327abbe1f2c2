"""Get a template, and check a file: on this machine, or by the server without saving anything."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from answer_intake.judging import judge
from answer_intake.wording import known_language
from pmm_cli.commands.showing import MOST_ERRORS, show_report
from pmm_cli.errors import Exit
from pmm_cli.files import form_of, read_file, report_bytes
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
    session = open_session(as_json)
    path = session.submission(cycle, administration)
    target = out or Path(f"{cycle}-{path.rpartition('/')[2]}.xlsx")
    target.write_bytes(session.api.send("GET", f"{path}/template", params={"language": language}).content)
    session.output.result(
        {"file": str(target)}, f"Written to {target}. Fill in the yellow cells, then: pmm push {target} --cycle {cycle}"
    )


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
    session = open_session(as_json)
    source = read_file(file)
    rules = rules_of(session.api, cycle)
    if not rules.is_fresh:
        session.output.note(f"The server does not answer; these are its rules of {rules.kept_at[:16]} UTC.")
    spoken = known_language(language)
    whose = session.administration(administration) if rules.is_fresh else administration or ""
    today = datetime.now(UTC).date()
    report = judge(source.body, source.format, rules.pack, rules.reporting_year, whose, today, spoken)
    document = report.document(spoken)
    if out is not None:
        is_json = form_of(out) == "json"
        made = _json(document) if is_json else report_bytes(report, form_of(out), spoken, source)
        out.write_bytes(made)
    session.output.result(document)
    show_report(session.output, document, str(file))
    if out is not None:
        session.output.note(f"All errors are in {out}.")
    elif document["errors_found"] > MOST_ERRORS:
        session.output.note(f"All {document['errors_found']:,} errors: the same with --errors all.csv")
    if report.findings or any(violation.blocks for violation in report.violations):
        raise typer.Exit(Exit.REFUSED)


def _json(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
