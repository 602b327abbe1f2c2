"""Holds computed scores and ranks against published ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.reference.cases import Case, Published


@dataclass(frozen=True)
class Comparison:
    """What the comparison of one index found."""

    code: str
    compared: int
    max_error: float
    worst: str | None  # the administration with the largest error
    over_tolerance: tuple[str, ...]
    rank_mismatches: tuple[str, ...]  # further away than the rank tolerance
    ranks_equal: int
    unscored: tuple[str, ...]  # published, but without a score here
    unexpected: tuple[str, ...]  # scored here, but not published

    @property
    def is_good(self) -> bool:
        """Whether everything published was met and nothing was made up."""
        return self.compared > 0 and not (
            self.over_tolerance or self.rank_mismatches or self.unscored or self.unexpected
        )


def compare(case: Case, found: Mapping[str, Published]) -> Comparison:
    """Compare score by score and rank by rank; an administration that is absent in `found` has no score."""
    nothing = Published(None, None)
    expected = {code: published for code, published in case.published.items() if published.score is not None}
    scored = {code: result.score for code, result in found.items() if result.score is not None}
    errors = {
        code: abs(scored[code] - published.score)
        for code, published in expected.items()
        if published.score is not None and code in scored
    }
    distances = {code: _rank_distance(expected[code].rank, found.get(code, nothing).rank) for code in errors}
    return Comparison(
        code=case.code,
        compared=len(errors),
        max_error=max(errors.values(), default=0.0),
        worst=max(errors, key=lambda code: errors[code], default=None),
        over_tolerance=tuple(sorted(code for code, error in errors.items() if error > case.tolerance)),
        rank_mismatches=tuple(
            sorted(code for code, distance in distances.items() if distance is None or distance > case.rank_tolerance)
        ),
        ranks_equal=sum(distance == 0 for distance in distances.values()),
        unscored=tuple(sorted(set(expected) - set(scored))),
        unexpected=tuple(sorted(set(scored) - set(expected))),
    )


def report(case: Case, result: Comparison) -> str:
    """Say in a few lines what was found."""
    ranks = f"ranks equal         {result.ranks_equal} of {result.compared}"
    return "\n".join(
        [
            f"{result.code}: {'as published' if result.is_good else 'NOT AS PUBLISHED'}",
            f"  compared            {result.compared} administrations",
            f"  maximum error       {result.max_error:.6f} ({result.worst}); allowed {case.tolerance}",
            f"  over the tolerance  {_named(result.over_tolerance)}",
            f"  {ranks}",
            f"  rank mismatches     {_named(result.rank_mismatches)} (further than {case.rank_tolerance} places)",
            f"  without a score     {_named(result.unscored)} that have a published one",
            f"  scored unexpectedly {_named(result.unexpected)}",
        ]
    )


def _rank_distance(published: int | None, found: int | None) -> int | None:
    return None if published is None or found is None else abs(published - found)


def _named(codes: tuple[str, ...]) -> str:
    return f"{len(codes)}" + (f" ({', '.join(codes[:10])}{', ...' if len(codes) > 10 else ''})" if codes else "")
