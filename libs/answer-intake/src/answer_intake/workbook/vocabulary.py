"""The words for states and statuses that people pick in a workbook, in English and French, and what they stand for."""

from collections.abc import Mapping

from answer_intake.headings import plain

Language = str  # "en" or "fr"
LANGUAGES: tuple[Language, ...] = ("en", "fr")
STATES: Mapping[Language, Mapping[str, str]] = {
    "en": {"number": "number", "missing": "missing", "none": "none"},
    "fr": {"number": "nombre", "missing": "manquant", "none": "aucun"},
}
CLAIMS: Mapping[Language, Mapping[str, str]] = {
    "en": {"not_applicable": "not applicable", "opted_out": "opted out", "none": "none"},
    "fr": {"not_applicable": "sans objet", "opted_out": "non retenu", "none": "aucun"},
}
STATUSES: Mapping[Language, Mapping[str, str]] = {
    "en": {"A": "normal", "E": "estimated", "P": "provisional", "B": "break"},
    "fr": {"A": "normal", "E": "estimé", "P": "provisoire", "B": "rupture"},
}


def _meanings(*vocabularies: Mapping[Language, Mapping[str, str]]) -> dict[str, str]:
    return {
        plain(word): meant for one in vocabularies for language in LANGUAGES for meant, word in one[language].items()
    }


_STATES = _meanings(STATES, CLAIMS)
_STATUSES = _meanings(STATUSES)


def state_meant(word: str) -> str:
    """The state that a word stands for; the word itself when it stands for none."""
    return _STATES.get(plain(word), word)


def status_meant(word: str) -> str:
    """The letter of the observation status that a word stands for; the word itself when it stands for none."""
    return _STATUSES.get(plain(word), word)
