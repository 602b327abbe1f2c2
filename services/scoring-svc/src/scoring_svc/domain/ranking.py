"""Who is placed where, as far as the framework wants places at all and the viewer may be told."""

from collections.abc import Mapping
from dataclasses import dataclass

from framework_spec.document import Ranking
from scoring_engine import ranks

MINIMUM_RANKED = 5  # a place among fewer would tell who the others are
Scores = Mapping[str, float | None]  # by administration


@dataclass(frozen=True)
class Places:
    """Places by administration, and among how many they were taken; None where no place is shown at all."""

    of: Mapping[str, int]
    ranked_among: int | None


NO_PLACES = Places({}, None)


def places_shown(ranking: Ranking, scores: Scores, visible: frozenset[str], own: frozenset[str]) -> Places:
    """The places that one viewer is shown.

    Args:
        ranking: what the framework declares.
        scores: overall scores of all administrations of the cycle.
        visible: administrations whose overall score the viewer may see: with mode `all`, places are among these.
        own: administrations whose own place the viewer may be told with mode `self`; it is among all, if enough.
    """
    if ranking.mode == "all":
        return _places(ranking, {code: score for code, score in scores.items() if code in visible}, visible)
    if ranking.mode == "self" and own:
        places = _places(ranking, scores, own)
        return places if (places.ranked_among or 0) >= MINIMUM_RANKED else NO_PLACES
    return NO_PLACES


def _places(ranking: Ranking, scores: Scores, shown: frozenset[str]) -> Places:
    order = sorted(scores)
    found = zip(order, ranks([scores[code] for code in order], ranking.decimals), strict=True)
    places = {code: place for code, place in found if place is not None}
    return Places({code: place for code, place in places.items() if code in shown}, len(places))
