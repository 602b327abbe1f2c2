"""The one catalogue of all words, put together and with French typography, by language and code."""

from collections.abc import Mapping

from answer_intake.texts.advice import ADVICE
from answer_intake.texts.form import Texts, Words
from answer_intake.texts.of_codes import OF_CODES
from answer_intake.texts.of_columns import OF_COLUMNS
from answer_intake.texts.of_files import OF_FILES
from answer_intake.texts.of_kinds import OF_KINDS
from answer_intake.texts.of_scopes import OF_SCOPES
from answer_intake.texts.of_states import OF_STATES
from answer_intake.texts.of_values import OF_VALUES
from answer_intake.texts.of_workbooks import OF_WORKBOOKS

TEXTS: Texts = {**OF_FILES, **OF_KINDS, **OF_COLUMNS, **OF_CODES, **OF_VALUES, **OF_STATES, **OF_SCOPES, **OF_WORKBOOKS}


def _typographic(text: str) -> str:
    """French puts a space that never breaks a line before tall marks and inside guillemets."""
    for mark in (":", ";", "?", "!", "»"):
        text = text.replace(f" {mark}", f"\u00a0{mark}")
    return text.replace("« ", "«\u00a0").replace("'", "\u2019")


WORDS: Mapping[str, Mapping[str, Words]] = {
    "en": {code: entry.en for code, entry in TEXTS.items()},
    "fr": {code: Words(*map(_typographic, entry.fr)) for code, entry in TEXTS.items()},
}
HINTS: Mapping[str, Mapping[str, str]] = {
    "en": {name: hint.en for name, hint in ADVICE.items()},
    "fr": {name: _typographic(hint.fr) for name, hint in ADVICE.items()},
}
