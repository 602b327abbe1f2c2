"""What the use cases need from outside, and what the routes get in hand."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection

from access_policy import Level, Viewer
from reporting_svc.application.facts import (
    Cycle,
    CycleCount,
    CycleStage,
    Participation,
    Register,
    Retraction,
    ScoreCard,
)
from reporting_svc.application.my_submission.asking import SubmissionApi
from reporting_svc.application.outside.events import Draft
from reporting_svc.application.queries.events import LoggedEvent
from reporting_svc.application.streams import Seats
from service_kit.auth import Authenticator
from service_kit.clock import Clock


class Catalogue(Protocol):
    """Frameworks and registers."""

    def keep_framework(self, code: str, version: str, digest: str, document: str) -> None:
        """Keep a published framework version."""

    def keep_register(self, register: Register) -> None:
        """Replace the register of a population unless a newer one is known."""

    def regions(self, population: str, day: date) -> list[frozenset[str]]:
        """The members of each region on a day, and of none; empty while the register is not known."""


class Cycles(Protocol):
    """The cycles that are known."""

    def find(self, code: str) -> Cycle | None:
        """The cycle, or None."""

    def add(self, cycle: Cycle) -> None:
        """Keep a cycle that was not known."""

    def set_stage(self, code: str, name: dict[str, str] | None, stage: CycleStage) -> bool:
        """Keep where a cycle stands unless something newer is known; True when that is another status than before."""

    def set_count(self, count: CycleCount) -> bool:
        """Keep the count unless a later run is known; whether it was kept."""

    def set_participation(self, participation: Participation) -> None:
        """Keep how far an administration has come, unless something newer is known."""


class Cards(Protocol):
    """The score cards."""

    def keep(self, card: ScoreCard) -> bool:
        """Keep a card unless something newer is known; whether it was kept."""

    def retract(self, retraction: Retraction) -> bool:
        """Drop a card unless something newer is known; whether it was dropped."""


@dataclass(frozen=True)
class Version:
    """What the outside log said last about an administration at a level, and which nodes it shows there.

    `region` is the one under which it was said: it decides which regional office got it.
    """

    digest: str | None
    event_id: UUID
    shown: frozenset[str]
    region: str | None
    said_at: datetime


class OutsideLog(Protocol):
    """The outside event log."""

    def lock(self) -> None:
        """From here to the commit nobody else appends: positions are handed out in commit order."""

    def last(self, cycle: str, administration: str) -> dict[Level, Version]:
        """What was said last at each level at which anything was ever said."""

    def remember(self, cycle: str, administration: str, said: Mapping[Level, Version]) -> None:
        """Keep what was said last."""

    def purge(self, cycle: str, administration: str, level: Level, region: str | None) -> None:
        """Remove what the log holds of an administration at a level, but for retractions under other regions."""

    def append(self, drafts: Sequence[Draft]) -> None:
        """Give the drafts their positions, keep them, and ring the bell at commit."""


class UnitOfWork(Protocol):
    """One transaction over the read models and the outside log."""

    @property
    def catalogue(self) -> Catalogue:
        """Frameworks and registers."""

    @property
    def cycles(self) -> Cycles:
        """Cycles and participation."""

    @property
    def cards(self) -> Cards:
        """Score cards."""

    @property
    def outside(self) -> OutsideLog:
        """The outside event log."""


class Reader(Protocol):
    """Read-only connections."""

    def connect(self) -> AbstractContextManager[Connection]:
        """One read-only snapshot."""


class Bell(Protocol):
    """Rings when the outside log has grown."""

    def next_ring(self) -> asyncio.Event:
        """An event that is set at the next ring; take it before reading the log, so that nothing falls between."""


class Tail(Protocol):
    """Reads the outside log for streams, with a bound on how much that costs at a time."""

    async def after(
        self, ring: asyncio.Event, position: int, cycle: str | None, limit: int
    ) -> list[LoggedEvent] | None:
        """What the log holds after a position; None while the database is away. `ring` was taken before."""


@dataclass(frozen=True)
class Dependencies:
    """What bootstrap built for the routes."""

    reader: Reader
    bell: Bell
    tail: Tail
    seats: Seats
    authenticator: Authenticator[Viewer]
    clock: Clock
    submissions: SubmissionApi
