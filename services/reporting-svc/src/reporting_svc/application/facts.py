"""What reporting-svc takes over from the events of other services."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Administration:
    """An administration of a register; it is a member from the one day on until before the other."""

    code: str
    name: str
    region: str | None
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True)
class Register:
    """The register of a population: its regions in their order, its administrations with the region of each.

    Topics are read again after a fault, so an older state may come late: `changed_at` tells.
    """

    population: str
    regions: tuple[tuple[str, str], ...]
    administrations: tuple[Administration, ...]
    changed_at: datetime


@dataclass(frozen=True)
class Cycle:
    """What every event about a cycle says of it."""

    code: str
    name: dict[str, str] | None
    framework: str
    framework_version: str
    population: str
    reporting_year: int
    is_rehearsal: bool


@dataclass(frozen=True)
class CycleStage:
    """Where a cycle stands: only the events of the cycle itself say that."""

    status: str
    opens_on: date | None
    closes_on: date | None
    status_at: datetime


@dataclass(frozen=True)
class CycleCount:
    """How many administrations a cycle has scored so far, and how many it could not score."""

    cycle: str
    run_id: int
    scored: int
    unscored: int
    counted_at: datetime


@dataclass(frozen=True)
class Participation:
    """How far one administration has come in one cycle."""

    cycle: str
    administration: str
    revision: int
    status: str
    changed_at: datetime


@dataclass(frozen=True)
class ScoreCard:
    """The card of one administration as scoring-svc made it, with levels; a later run is the later state."""

    cycle: str
    administration: str
    region: str | None
    run_id: int
    card: dict[str, Any]
    updated_at: datetime


@dataclass(frozen=True)
class Retraction:
    """The word that an administration has no score any more."""

    cycle: str
    administration: str
    region: str | None
    run_id: int
    reason: str
    retracted_at: datetime
