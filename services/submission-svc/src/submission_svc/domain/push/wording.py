"""Words for error texts: what was sent, shown safely and shortly, and what was probably meant."""

import re
from collections.abc import Collection
from difflib import get_close_matches

SHOWN_CHARACTERS = 60
MOST_SUGGESTIONS = 100
# Control characters (but not tab and line breaks) and halves of surrogate pairs: no text that a person wrote has them,
# and the database refuses some of them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def has_unwritable(text: str) -> bool:
    """Whether the text has characters that cannot be kept."""
    return _UNWRITABLE.search(text) is not None


def shown(value: object) -> str:
    """What was sent, short enough and clean enough for an error text."""
    if isinstance(value, list | dict):  # not spelled out: however deep it is, saying so must not fail
        return "a list" if isinstance(value, list) else "an object"
    text = _UNWRITABLE.sub("\ufffd", str(value)[: SHOWN_CHARACTERS + 1])
    text = text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}..."


def suggestion(word: str, known: Collection[str]) -> str | None:
    """Which known word was probably meant, as a question; None when nothing is near."""
    tried = word.strip()[:80]
    for variant in dict.fromkeys((tried.upper(), tried.lower())):
        found = get_close_matches(variant, known, n=1, cutoff=0.6)
        if found:
            return f"Did you mean {found[0]}?"
    return None


class Suggester:
    """Suggestions among fixed words. Each word is looked up once, and only so many: looking is slow."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._found: dict[str, str | None] = {}

    def __call__(self, word: str) -> str | None:
        """The suggestion for a word, or None."""
        if word not in self._found:
            if len(self._found) >= MOST_SUGGESTIONS:
                return None
            self._found[word] = suggestion(word, self._known)
        return self._found[word]
