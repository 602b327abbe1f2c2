"""Finds what was probably meant: the known word that is nearest, or that a spreadsheet has mangled."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from itertools import pairwise

MOST_LOOKED_UP = 100
MOST_COMPARED = 20
LONGEST_WORD = 80


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like it, in any case; None when none is near."""
    return _Words(known).nearest(word)


class _Words:
    """Known words with their pairs of letters: few of them need to be compared in full, which is slow."""

    def __init__(self, known: Iterable[str]) -> None:
        self._pairs = [(word, word.casefold(), _pairs(word.casefold())) for word in known]

    def nearest(self, word: str) -> str | None:
        tried = word.strip()[:LONGEST_WORD].casefold()
        wanted = _pairs(tried)
        likely = sorted(self._pairs, key=lambda known: -len(wanted & known[2]))[:MOST_COMPARED]
        by_fold = {fold: known for known, fold, _ in reversed(likely)}
        found = get_close_matches(tried, by_fold, n=1, cutoff=0.6)
        return by_fold[found[0]] if found else None


def _pairs(word: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(f" {word} ")))


class Suggester:
    """Suggestions among fixed words. Each word is looked up once, and only so many: looking is slow."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._words: _Words | None = None
        self._found: dict[str, str | None] = {}
        self._numbers: dict[float, str] | None = None

    def __call__(self, word: str) -> str | None:
        """The known word that was probably meant, or None."""
        if word in self._found:
            return self._found[word]
        if len(self._found) >= MOST_LOOKED_UP:
            return None
        if self._words is None:
            self._words = _Words(self._known)
        found = self.mangled(word) or self._words.nearest(word)
        self._found[word] = found
        return found

    def mangled(self, word: str) -> str | None:
        """The known word that a spreadsheet takes for this number: 004 becomes 4, and 1E2 becomes 100."""
        if self._numbers is None:
            self._numbers = {number: code for code in self._known if (number := _number(code)) is not None}
        number = _number(word) if self._numbers else None
        return None if number is None else self._numbers.get(number)


def _number(word: str) -> float | None:
    try:
        return float(word.replace(",", ".")) if word[:1].isdigit() and len(word) < 40 else None
    except ValueError:
        return None
