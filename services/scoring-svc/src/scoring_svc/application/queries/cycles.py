"""The cycle as reads show it."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class CycleRow:
    """A cycle and its status."""

    code: str
    framework: str
    framework_version: str
    framework_digest: str
    population: str
    reporting_year: int
    is_rehearsal: bool
    status: str

    def as_dict(self) -> dict[str, Any]:
        """The cycle as JSON."""
        return asdict(self)
