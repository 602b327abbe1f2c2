"""The code that was probably meant, sought among those that begin or end like it, so that many are found quickly."""

from bisect import bisect
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

NEIGHBOURS = 10
FEW = 100


def closest(code: str, codes: Iterable[str]) -> str | None:
    """The code that is most like this one; None when none is."""
    every = tuple(codes)
    candidates = every if len(every) <= FEW else _neighbours(code, every)
    return next(iter(get_close_matches(code, candidates, n=1)), None)


def _neighbours(code: str, every: tuple[str, ...]) -> list[str]:
    from_left, from_right = _sorted(every)
    backwards = code[::-1]
    left, right = bisect(from_left, code), bisect(from_right, backwards)
    alike_behind = [each[::-1] for each in from_right[max(0, right - NEIGHBOURS) : right + NEIGHBOURS]]
    return list(dict.fromkeys([*from_left[max(0, left - NEIGHBOURS) : left + NEIGHBOURS], *alike_behind]))


@lru_cache(maxsize=4)
def _sorted(every: tuple[str, ...]) -> tuple[list[str], list[str]]:
    return sorted(every), sorted(code[::-1] for code in every)
