"""Missing children filled with the mean of their group, where a node declares it.  # arrays: administrations"""

import math
from collections.abc import Sequence

import numpy as np

from scoring_engine.elementary import Floats


def group_means(scores: Floats, groups: Sequence[str | None]) -> Floats:
    """Give each administration the mean score of its group (exact sum, so order never matters); NaN without any.

    Administrations without a group form one group together.
    """
    members: dict[str | None, list[float]] = {}
    for group, score in zip(groups, scores.tolist(), strict=True):
        if not math.isnan(score):
            members.setdefault(group, []).append(score)
    means = {group: math.fsum(values) / len(values) for group, values in members.items()}
    return np.array([means.get(group, math.nan) for group in groups], dtype=np.float64)
