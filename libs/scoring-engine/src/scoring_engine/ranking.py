"""Places: the best score is first, equal scores share the lowest number, who has no score has no place."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal


def rounded(score: float, decimals: int) -> float:
    """Round half up on the decimal that a reader sees: 2.675 is 2.68 with two decimals."""
    return float(Decimal(repr(float(score))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def ranks(scores: Sequence[float | None], decimals: int | None = None) -> list[int | None]:
    """Give places from 1, descending, on scores rounded to `decimals`, or unrounded when it is None."""
    compared = [score if score is None or decimals is None else rounded(score, decimals) for score in scores]
    ordered = sorted((score for score in compared if score is not None), reverse=True)
    first: dict[float, int] = {}
    for place, score in enumerate(ordered, start=1):
        first.setdefault(score, place)
    return [None if score is None else first[score] for score in compared]
