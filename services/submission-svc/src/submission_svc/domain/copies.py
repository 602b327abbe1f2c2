"""What this service keeps of frameworks and registers, which framework-svc owns."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class FrameworkCopy:
    """A published framework version, without its document."""

    code: str
    version: str
    digest: str
    purpose: str
    population: str


@dataclass(frozen=True)
class RegisterCopy:
    """A register as of a moment."""

    code: str
    name: str
    regions: list[dict[str, Any]]
    administrations: list[dict[str, Any]]  # code, name, region
    changed_at: datetime
