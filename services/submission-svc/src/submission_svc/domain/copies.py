"""What this service keeps of frameworks and registers, which framework-svc owns."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class FrameworkCopy:
    """A published framework version, without its document; a retired one takes no new cycles."""

    code: str
    version: str
    digest: str
    purpose: str
    population: str
    published_at: datetime | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True)
class RegisterCopy:
    """A register as of a moment. Former and future administrations and group members are in it, with their days."""

    code: str
    name: str
    regions: list[dict[str, Any]]
    administrations: list[dict[str, Any]]  # code, name, names, region, valid_from, valid_until
    changed_at: datetime
    groups: list[dict[str, Any]] = field(default_factory=list)  # code, name, names, members with their days
