"""Refusals of files of answers: the report of the intake as a problem, in the language of whoever sent the file."""

from collections.abc import Mapping
from typing import Any

from answer_intake.findings import Finding
from answer_intake.formats import Format
from answer_intake.report import Report
from service_kit.errors import Kind, ProblemError

# All errors come in one answer; this bound is for files that are wrong throughout, far above any member's submission.
# Whoever wants more asks for NDJSON or CSV, which have no bound.
MOST_LISTED = 20_000
_NOTHING_SAVED = {"en": "Nothing was saved.", "fr": "Rien n\u2019a été enregistré."}
_DETAIL = {
    "en": (
        "1 error; nothing was saved. See errors.",
        "{found:,} errors in {rows:,} row{s}; nothing was saved. {see}",
        "See errors.",
        "The first {most:,} are in errors.",
    ),
    "fr": (
        "1 erreur\u00a0; rien n\u2019a été enregistré. Voir errors.",
        "{found:,} erreurs dans {rows:,} ligne{s}\u00a0; rien n\u2019a été enregistré. {see}",
        "Voir errors.",
        "Les {most:,} premières sont dans errors.",
    ),
}


class AnswersInvalidError(ProblemError):
    """`answers.invalid` (422): all that is wrong with a file; `report` has it without any bound."""

    def __init__(self, report: Report, language: str) -> None:
        document, detail = report.document(language, MOST_LISTED), _detail(report, language)
        super().__init__(
            "answers.invalid",
            Kind.INVALID,
            detail,
            french=detail,
            errors=document["errors"],
            found=document["errors_found"],
            groups=document["groups"],
            notes=document["notes"],
        )
        self.report = report
        self.language = language


class UnreadableAnswersError(ProblemError):
    """`answers.malformed` (400) or `answers.too_many_rows` (413); `report` has the one finding that says why."""

    def __init__(self, report: Report, code: str, kind: Kind, detail: str, document: Mapping[str, Any]) -> None:
        errors, groups = document["errors"], document["groups"]
        super().__init__(code, kind, detail, french=detail, errors=errors, found=1, groups=groups)
        self.report = report


def unreadable(finding: Finding, fmt: Format, language: str) -> UnreadableAnswersError:
    """The refusal of a body that cannot be read from some place on, or that is too long."""
    report = Report(fmt, 0, [finding])
    document = report.document(language)
    detail = f"{document['errors'][0]['message']} {_NOTHING_SAVED[language]}"
    is_long = finding.code == "answers.too_many_rows"
    code, kind = (finding.code, Kind.TOO_LARGE) if is_long else ("answers.malformed", Kind.MALFORMED)
    return UnreadableAnswersError(report, code, kind, detail, document)


def _detail(report: Report, language: str) -> str:
    one, several, see_all, see_first = _DETAIL[language]
    found = len(report.findings)
    if found == 1:
        return one
    rows = len({(finding.sheet, finding.row) for finding in report.findings})
    see = see_all if found <= MOST_LISTED else see_first.format(most=MOST_LISTED)
    detail = several.format(found=found, rows=rows, s="s" if rows > 1 else "", see=see)
    return detail if language == "en" else detail.replace(",", "\u202f")
