"""Step 6, bands: the named range that a score lies in."""

from collections.abc import Sequence

from framework_spec.document import Band

# Scores agree between machines to nine decimals, so bands are decided on nine; 79.9999999999999 is 80.
BAND_DECIMALS = 9


def band(score: float, bands: Sequence[Band]) -> str | None:
    """Name the band with the highest start that the score reaches; None below all bands."""
    reached = [item for item in bands if round(score, BAND_DECIMALS) >= item.from_]
    return max(reached, key=lambda item: item.from_).code if reached else None
