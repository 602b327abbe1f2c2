"""What the caller wants to read: texts in which language, and errors in which form."""

from typing import Annotated, Literal

from fastapi import Depends, Query, Request

from answer_intake.formats import XLSX_TYPE, Format
from service_kit.languages import accepted_language, by_preference

LanguageName = Literal["en", "fr"]
_FORMS = {"application/x-ndjson": Format.NDJSON, "application/ndjson": Format.NDJSON, "text/csv": Format.CSV}
_JSON = ("application/problem+json", "application/json", "application/*", "*/*")


def _language(
    request: Request,
    language: Annotated[LanguageName | None, Query(description="Language of texts; else Accept-Language")] = None,
) -> str:
    return language or accepted_language(request.headers.get("accept-language", ""))


WantedLanguage = Annotated[str, Depends(_language)]


def wanted_errors(request: Request) -> Format:
    """How the caller reads errors: as NDJSON or CSV if he prefers one of them, else in a problem document."""
    for wanted in by_preference(request.headers.get("accept", "")):
        if wanted in _FORMS:
            return _FORMS[wanted]
        if wanted in _JSON:
            break
    return Format.JSON


def wanted_form(request: Request) -> Format:
    """How the caller reads a list of errors that he asks for: also as a workbook."""
    forms = {**_FORMS, XLSX_TYPE: Format.XLSX}
    for wanted in by_preference(request.headers.get("accept", "")):
        if wanted in forms or wanted in _JSON:
            return forms.get(wanted, Format.JSON)
    return Format.JSON
