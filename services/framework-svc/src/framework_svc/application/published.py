"""What was made of published versions, kept in memory: they never change, so it is never out of date."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

MOST_BYTES = 64 * 2**20
Key = tuple[str, ...]


@dataclass(frozen=True)
class Representation:
    """The bytes of one form of something published, and the ETag that names them."""

    content: bytes
    etag: str


class PublishedForms:
    """Forms by key, of at most so many bytes in all; those that were not asked for longest make way."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._forms: OrderedDict[Key, Representation] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Representation]) -> Representation:
        """The form with this key, made when it is not there; what `make` raises is raised and not kept."""
        with self._lock:
            known = self._forms.get(key)
            if known is not None:
                self._forms.move_to_end(key)
                return known
        made = make()
        with self._lock:
            self._keep(key, made)
        return made

    def _keep(self, key: Key, made: Representation) -> None:
        if key in self._forms or len(made.content) > self._most_bytes:
            return
        self._forms[key] = made
        self._bytes += len(made.content)
        while self._bytes > self._most_bytes:
            _, oldest = self._forms.popitem(last=False)
            self._bytes -= len(oldest.content)
