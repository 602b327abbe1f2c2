"""The report on a file: the same ids and texts as a JSON document, and uncapped as NDJSON and CSV."""

import csv
import io
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from answer_intake.findings import Finding
from answer_intake.formats import Format
from answer_intake.grouping import groups
from answer_intake.json_format import TOP
from answer_intake.neutralising import neutralised
from answer_intake.showing import shown
from answer_intake.violations import document as violation_document
from answer_intake.wording import words
from framework_spec.rules import Violation

CSV_HEADINGS = {
    "en": ("severity", "row", "column", "cell", "code", "message", "hint", "line"),
    "fr": ("gravité", "ligne", "colonne", "cellule", "code", "message", "conseil", "ligne du texte"),
}
_SEVERITIES = {"en": {"error": "error", "note": "note"}, "fr": {"error": "erreur", "note": "remarque"}}
ROWS_A_PIECE = 1_000
MOST_GROUPS = 1_000  # where the errors listed are bounded, too
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Report:
    """All that is to be said of a file; texts are made only when one of the forms is asked for.

    `received` counts the rows that were sent; `violations` are of the whole content, where there is one.
    """

    fmt: Format
    received: int
    findings: Collection[Finding]
    notes: Sequence[Finding] = ()
    violations: Sequence[Violation] = ()

    def document(self, language: str, most: int | None = None) -> dict[str, Any]:
        """The JSON-ready report; `most` bounds the errors and the notes that are listed, not those that are counted."""
        grouped = groups(self.findings, language)
        return {
            "rows": self.received,
            "errors_found": len(self.findings),
            "errors": [self.entry(finding, language) for finding in islice(self.findings, most)],
            "groups_found": len(grouped),
            "groups": grouped[: None if most is None else MOST_GROUPS],
            "notes_found": len(self.notes),
            "notes": [self.entry(note, language) for note in islice(self.notes, most)],
            "violations": [violation_document(each) for each in self.violations],
        }

    def entry(self, finding: Finding, language: str) -> dict[str, Any]:
        """One finding in words, without what does not apply to it."""
        message, hint = words(finding, language)
        code, row, column, parameters, cell = finding
        made: dict[str, Any] = {"code": code, "message": message, "hint": hint}
        if row is not None:
            made["row"] = row
        if finding.sheet is not None:
            made["sheet"] = shown(finding.sheet)
        if column is not None:
            made["column"] = column
        if cell is not None:
            made["cell"] = cell
        if self.fmt is Format.JSON:
            made["pointer"] = _pointer(row, column)
        if "line" in parameters:
            made["line"] = parameters["line"]
        return made

    def ndjson(self, language: str) -> Iterator[bytes]:
        """One finding a line, errors first, then notes."""
        encode, entry = _ENCODER.encode, self.entry
        lines = chain(
            (encode({"severity": "error", **entry(finding, language)}) for finding in self.findings),
            (encode({"severity": "note", **entry(note, language)}) for note in self.notes),
        )
        while piece := list(islice(lines, ROWS_A_PIECE)):
            yield ("\n".join(piece) + "\n").encode()

    def csv(self, language: str) -> Iterator[bytes]:
        """One finding a row below a heading, errors first, then notes; with a byte order mark, for spreadsheets."""
        yield ("\ufeff" + _csv([CSV_HEADINGS[language]])).encode()
        rows = (self._csv_row(finding, language) for finding in chain(self.findings, self.notes))
        while piece := list(islice(rows, ROWS_A_PIECE)):
            yield _csv(piece).encode()

    def _csv_row(self, finding: Finding, language: str) -> tuple[object, ...]:
        message, hint = words(finding, language)
        severity, line = _SEVERITIES[language][finding.severity], finding.parameters.get("line")
        texts = (finding.column or "", finding.cell or "", finding.code, message, hint)
        return severity, finding.row, *map(neutralised, texts), line


def _pointer(row: int | None, column: str | None) -> str:
    """Where a finding is in the JSON document (RFC 6901)."""
    place = "" if row is None else f"/{TOP}/{row - 1}"
    return place if column is None else f"{place}/{column}"


def _csv(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
