"""Finds what was probably meant: the known word that is nearest, or that a spreadsheet has mangled."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

MOST_LOOKED_UP = 100


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like it, in any case; None when none is near."""
    tried = word.strip()[:80]
    among = list(known)
    for variant in dict.fromkeys((tried, tried.upper(), tried.lower())):
        found = get_close_matches(variant, among, n=1, cutoff=0.6)
        if found:
            return found[0]
    return None


class Suggester:
    """Suggestions among fixed words. Each word is looked up once, and only so many: looking is slow."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._found: dict[str, str | None] = {}
        self._numbers: dict[float, str] | None = None

    def __call__(self, word: str) -> str | None:
        """The known word that was probably meant, or None."""
        if word in self._found:
            return self._found[word]
        if len(self._found) >= MOST_LOOKED_UP:
            return None
        found = self.mangled(word) or nearest(word, self._known)
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
