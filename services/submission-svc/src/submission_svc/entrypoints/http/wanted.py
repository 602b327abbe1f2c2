"""What the caller wants to read: texts in which language, and errors in which form."""

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import Depends, Query, Request

from answer_intake.formats import XLSX_TYPE, Format
from answer_intake.wording import LANGUAGES

LanguageName = Literal["en", "fr"]
_FORMS = {"application/x-ndjson": Format.NDJSON, "application/ndjson": Format.NDJSON, "text/csv": Format.CSV}
_JSON = ("application/problem+json", "application/json", "application/*", "*/*")


def _language(
    request: Request,
    language: Annotated[LanguageName | None, Query(description="Language of texts; else Accept-Language")] = None,
) -> str:
    if language is not None:
        return language
    for wanted in _by_preference(request.headers.get("accept-language", "")):
        primary = wanted.partition("-")[0]
        if primary in LANGUAGES:
            return primary
    return LANGUAGES[0]


WantedLanguage = Annotated[str, Depends(_language)]


def wanted_errors(request: Request) -> Format:
    """How the caller reads errors: as NDJSON or CSV if he prefers one of them, else in a problem document."""
    for wanted in _by_preference(request.headers.get("accept", "")):
        if wanted in _FORMS:
            return _FORMS[wanted]
        if wanted in _JSON:
            break
    return Format.JSON


def wanted_form(request: Request) -> Format:
    """How the caller reads a list of errors that he asks for: also as a workbook."""
    forms = {**_FORMS, XLSX_TYPE: Format.XLSX}
    for wanted in _by_preference(request.headers.get("accept", "")):
        if wanted in forms or wanted in _JSON:
            return forms.get(wanted, Format.JSON)
    return Format.JSON


def _by_preference(header: str) -> Iterator[str]:
    """The values of an Accept header (RFC 9110), most wanted first, those refused left out."""
    weighted = []
    for part in header.lower().split(",")[:50]:
        value, _, options = part.partition(";")
        weighted.append((_weight(options.replace(" ", "")), value.strip()))
    return (value for weight, value in sorted(weighted, key=lambda pair: -pair[0]) if weight > 0 and value)


def _weight(options: str) -> float:
    try:
        return float(options.partition("q=")[2].partition(";")[0] or 1)
    except ValueError:
        return 0.0
