"""Counts over sets of administrations: which of them may be told to somebody who may not know the single members.

A count over one member names it, and so does the difference of two counts that one member makes. So a count is told
only over at least `FEWEST` members of whom the viewer does not know it anyway, and the count of all together or of a
group only where no sum or difference with counts told before it comes nearer to single members than that. A count of
none or of all is told: leaving it out would say the same.
"""

from collections.abc import Iterable, Sequence

FEWEST = 5
Members = frozenset[str]


def is_countable(members: Members) -> bool:
    """Whether a count over these members, all unknown to the viewer, names nobody; over none it cannot."""
    return not members or len(members) >= FEWEST


def is_total_countable(regions: Iterable[Members]) -> bool:
    """Whether the count over all regions together may be told beside those of the regions: what is left names nobody.

    Args:
        regions: the members of each whom the viewer does not know; regions have no member in common.
    """
    listed = list(regions)
    return _is_far(frozenset().union(*listed), _told(listed))


def countable_groups(groups: Sequence[Members], regions: Iterable[Members]) -> list[bool]:
    """For each group, whether its count may be told beside those of the regions, all together, and groups before it.

    Args:
        groups: the members of each whom the viewer does not know, in the order of the register.
        regions: the same of each region; regions have no member in common.
    """
    listed = list(regions)
    told = _told(listed)
    before: list[Members] = [frozenset()]
    if is_total_countable(listed):
        before.append(frozenset().union(*listed))
    answers = []
    for group in groups:
        is_told = is_countable(group) and all(_is_far(group ^ other, told) for other in before)
        if is_told:
            before.append(group)
        answers.append(is_told)
    return answers


def _told(regions: Iterable[Members]) -> list[Members]:
    return [region for region in regions if is_countable(region)]


def _is_far(members: Members, regions: Sequence[Members]) -> bool:
    """Whether the members are a union of the regions, or differ from each such union by `FEWEST` or more."""
    beside = len(members.difference(*regions))
    distance = beside + sum(min(len(region & members), len(region - members)) for region in regions)
    return distance == 0 or distance >= FEWEST
