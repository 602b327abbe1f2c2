"""How many streams one process serves at a time, in all and for one client, and for how long without a token.

An open stream costs a connection and memory for as long as its reader likes, so pages would starve without a bound.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from service_kit.errors import Kind, ProblemError

RETRY_AFTER_SECONDS = 30


@dataclass(frozen=True)
class StreamLimits:
    """Bounds of one process; a stream with a token lives as long as the token."""

    total: int
    per_client: int
    anonymous_seconds: float


class Seats:
    """Counts the streams that are open. For the event loop alone, so it needs no lock."""

    def __init__(self, limits: StreamLimits) -> None:
        self.limits = limits
        self._taken: Counter[str] = Counter()

    @property
    def taken(self) -> int:
        """How many streams are open."""
        return self._taken.total()

    @contextmanager
    def seat(self, client: str) -> Iterator[None]:
        """A seat for one stream of the client, until the block ends.

        Raises:
            ProblemError: `events.too_many_streams` (429).
        """
        if self._taken[client] >= self.limits.per_client:
            raise _full(
                f"You have {self.limits.per_client} streams open already. Close one, or share one among readers."
            )
        if self.taken >= self.limits.total:
            raise _full("All streams of this service are taken. Come again a little later, or pull pages of events.")
        self._taken[client] += 1
        try:
            yield
        finally:
            self._taken[client] -= 1
            if not self._taken[client]:
                del self._taken[client]


def _full(detail: str) -> ProblemError:
    headers = {"retry-after": str(RETRY_AFTER_SECONDS)}
    return ProblemError("events.too_many_streams", Kind.TOO_MANY, detail, headers=headers)
