"""Groups findings by cause: "No input XX in the framework: 5,214 rows, first at row 12. Did you mean XK?"."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from typing import Any

from answer_intake.findings import Finding, Parameter
from answer_intake.showing import row_on, shown
from answer_intake.wording import spoken, text_of, words

CauseKey = tuple[str, str | None, tuple[Parameter | None, ...]]
_THOUSANDS = {"en": ",", "fr": "\u202f"}
_FIRST_AT = {
    "en": ("{cause}: row {first}. {hint}", "{cause}: {rows} rows, first at row {first}. {hint}", "{cause}. {hint}"),
    "fr": (
        "{cause}\u00a0: ligne {first}. {hint}",
        "{cause}\u00a0: {rows} lignes, la première étant la ligne {first}. {hint}",
        "{cause}. {hint}",
    ),
}


@dataclass
class _Group:
    first: Finding
    rows: int = 0
    last_row: tuple[str | None, int | None] | None = None


def groups(findings: Iterable[Finding], language: str) -> list[dict[str, Any]]:
    """The causes, most rows first: code, column, cause, hint, rows, first_row, and all of it as one text.

    `findings` come in the order of their rows; `first_row` is None for what is wrong with the file as a whole, and
    `first_sheet` is there where rows of several sheets were read.
    `example` is what is said of the first row, where that is more than the cause.
    """
    found: dict[CauseKey, _Group] = {}
    for finding in findings:
        key = cause_key(finding)
        group = found.get(key)
        if group is None:
            group = found[key] = _Group(finding)
        row = finding.sheet, finding.row
        if row != group.last_row:
            group.rows += 1
            group.last_row = row
    ordered = sorted(found.values(), key=lambda group: -group.rows)
    return [_document(group, language) for group in ordered]


def cause_key(finding: Finding) -> CauseKey:
    """What findings of one cause have in common: code, column, advice, and what their text of the cause names."""
    parameters = finding.parameters
    code, kind = finding.code, parameters.get("kind")
    named = tuple(parameters.get(name) for name in _named(code if kind is None else f"{code}:{kind}"))
    return code, finding.column, (parameters.get("advice"), kind, *named)


@lru_cache(maxsize=1024)
def _named(code: str) -> tuple[str, ...]:
    text = text_of(Finding(code), "en")
    return tuple(name for _, name, _, _ in Formatter().parse(text.cause or text.message) if name)


def _document(group: _Group, language: str) -> dict[str, Any]:
    finding = group.first
    text = text_of(finding, language)
    message, hint = words(finding, language)
    cause = (text.cause.format_map(spoken(finding, language)) if text.cause else message).rstrip(".")
    document: dict[str, Any] = {"code": finding.code, "column": finding.column, "cause": cause, "hint": hint}
    document["example"] = message if text.cause else None
    return {
        **{name: value for name, value in document.items() if value is not None},
        "rows": group.rows if finding.row is not None else 0,
        "first_row": finding.row,
        **({"first_sheet": shown(finding.sheet)} if finding.sheet else {}),
        "text": _text(message.rstrip(".") if group.rows == 1 else cause, hint, group, language),
    }


def _text(cause: str, hint: str, group: _Group, language: str) -> str:
    one, several, unplaced = _FIRST_AT[language]
    template = unplaced if group.first.row is None else one if group.rows == 1 else several
    rows = f"{group.rows:,}".replace(",", _THOUSANDS[language])
    first = row_on(group.first.row, group.first.sheet)
    return template.format(cause=cause, rows=rows, first=first, hint=hint)
