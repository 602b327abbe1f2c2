"""Texts in several languages: `{en: ..., fr: ...}`, with English where a language is missing."""

from collections.abc import Mapping

FALLBACK_LANGUAGE = "en"


def text(localized: Mapping[str, str] | None, language: str) -> str | None:
    """Return the text in `language`, else in English, else in the first language there is; None without any text."""
    if not localized:
        return None
    for candidate in (language, FALLBACK_LANGUAGE, *sorted(localized)):
        if localized.get(candidate):
            return localized[candidate]
    return None


def missing_languages(localized: Mapping[str, str] | None, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Name the languages of the framework in which a text has not been written yet."""
    present = localized or {}
    return tuple(language for language in languages if not present.get(language))
