"""Files of answers on this machine: read with their format, and reports written beside them."""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from answer_intake.findings import UnreadableError
from answer_intake.formats import Format, UnknownFormatError, format_of_name
from answer_intake.report import Report
from answer_intake.workbook.marked import mark
from answer_intake.workbook.writing import write_findings
from pmm_cli.errors import PmmError, usage

ENDINGS = {".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".csv": "csv", ".xlsx": "xlsx"}


@dataclass(frozen=True)
class AnswersFile:
    """A file as it will be sent."""

    path: Path
    body: bytes
    format: Format


def read_file(path: Path) -> AnswersFile:
    """The file with its format, by its ending, or by its looks where it has none.

    Raises:
        PmmError: it cannot be read, or has an ending that answers do not come in.
    """
    body = read_bytes(path)
    try:
        return AnswersFile(path, body, format_of_name(path.name, body))
    except UnknownFormatError as error:
        raise usage(f"Answers do not come as .{error}. Use .xlsx, .csv, .json or .ndjson.") from error


def read_bytes(path: Path) -> bytes:
    """The file as it is.

    Raises:
        PmmError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise usage(f"{path} cannot be read: {error.strerror}.") from error


def write_file(path: Path, content: bytes) -> None:
    """Write what was asked for.

    Raises:
        PmmError: it cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise usage(f"{path} cannot be written: {error.strerror}.") from error


def report_bytes(report: Report, form: str, language: str, source: AnswersFile) -> bytes:
    """The report in a form: json, ndjson, csv, or xlsx: the sender's own workbook, marked, or a list if it is none."""
    if form == "json":
        return (json.dumps(report.document(language), ensure_ascii=False, indent=2) + "\n").encode()
    if form == "ndjson":
        return b"".join(report.ndjson(language))
    if form == "csv":
        return b"".join(report.csv(language))
    return _workbook(report, language, source)


def _workbook(report: Report, language: str, source: AnswersFile) -> bytes:
    if source.format is Format.XLSX:
        with suppress(UnreadableError):  # it is damaged, of an old format, or locked with a password
            return mark(source.body, report.findings, language)
    return write_findings(report.findings, language)


def form_of(path: Path) -> str:
    """The form that a file's ending stands for."""
    try:
        return ENDINGS[path.suffix.lower()]
    except KeyError:
        raise unknown_form(path.suffix) from None


def unknown_form(form: str) -> PmmError:
    """A form that errors are not written in."""
    return usage(f"Errors are not written as {form or 'a file without ending'}. Use .csv, .ndjson, .json or .xlsx.")
