"""Puts findings into words, in English or French; only when somebody reads them, because that is slow."""

from collections.abc import Mapping

from answer_intake.findings import Finding, Parameter
from answer_intake.texts.catalogue import HINTS, WORDS
from answer_intake.texts.form import Words

LANGUAGES = ("en", "fr")
_OR = {"en": " or ", "fr": " ou "}


def known_language(language: str | None) -> str:
    """The language that texts come in for somebody who asks for this one (`fr-CA`); English when there is no such."""
    primary = (language or "en").lower().partition("-")[0]
    return primary if primary in LANGUAGES else "en"


def words(finding: Finding, language: str) -> tuple[str, str]:
    """What is wrong, and what to do about it.

    Raises:
        KeyError: a code, an advice or a parameter that the catalogue does not have.
    """
    text = text_of(finding, language)
    parameters = finding.parameters
    advice = parameters.get("advice")
    hint = text.hint if advice is None else HINTS[language][str(advice)]
    if not parameters:
        return text.message.format(), hint.format()
    said = spoken(parameters, language)
    return text.message.format_map(said), hint.format_map(said)


def text_of(finding: Finding, language: str) -> Words:
    """The templates for a finding: those of its kind, where a code has several."""
    kind = finding.parameters.get("kind")
    return WORDS[language][finding.code if kind is None else f"{finding.code}:{kind}"]


def spoken(parameters: Mapping[str, Parameter], language: str) -> Mapping[str, Parameter]:
    """The parameters as texts show them: a choice as `a, b or c`."""
    for value in parameters.values():
        if type(value) is tuple:
            return {
                name: _choice(value, language) if isinstance(value, tuple) else value
                for name, value in parameters.items()
            }
    return parameters


def _choice(among: tuple[str | int, ...], language: str) -> str:
    *first, last = map(str, among or ("-",))
    return _OR[language].join(filter(None, (", ".join(first), last)))
