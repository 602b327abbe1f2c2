"""Puts findings into words, in English or French; only when somebody reads them, because that is slow."""

from collections.abc import Mapping, Sequence

from answer_intake.findings import Finding, Parameter
from answer_intake.texts.catalogue import HINTS, WORDS
from answer_intake.texts.form import Words
from answer_intake.workbook.vocabulary import CLAIMS, HEADINGS, STATES

LANGUAGES = ("en", "fr")
_OR = {"en": " or ", "fr": " ou "}
# What a sender may write as well as the names of columns and states, and what a French workbook shows.
_COLUMNS = {name: heading.lower() for name, heading in HEADINGS["fr"].items()}
_STATES = {**STATES["fr"], **CLAIMS["fr"]}
_NO_WORDS: Mapping[str, str] = {}
_KNOWN: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "en": {},
    "fr": {
        **dict.fromkeys(("answers.missing_column", "answers.too_many_columns", "answers.unknown_column"), _COLUMNS),
        **dict.fromkeys(("answers.unknown_state", "answers.claim_not_allowed", "answers.input_not_kpi"), _STATES),
        "workbook.no_heading": _COLUMNS,
    },
}
_OF_KNOWN = frozenset({"column", "like", "state"})  # the parameters that are such names


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
    said = spoken(finding, language)
    return text.message.format_map(said), hint.format_map(said)


def text_of(finding: Finding, language: str) -> Words:
    """The templates for a finding: those of its kind, where a code has several."""
    kind = finding.parameters.get("kind")
    return WORDS[language][finding.code if kind is None else f"{finding.code}:{kind}"]


def spoken(finding: Finding, language: str) -> Mapping[str, Parameter]:
    """The parameters as texts show them: a choice as `a, b or c`, known words as the language has them."""
    parameters, known = finding.parameters, _KNOWN[language].get(finding.code, _NO_WORDS)
    said = {name: known.get(str(parameters[name]), parameters[name]) for name in _OF_KNOWN & parameters.keys()}
    for name, value in parameters.items():
        if isinstance(value, tuple):
            said[name] = _choice([known.get(str(each), str(each)) for each in value], language)
    return {**parameters, **said} if said else parameters


def _choice(among: Sequence[str], language: str) -> str:
    *first, last = among or ("-",)
    return _OR[language].join(filter(None, (", ".join(first), last)))
