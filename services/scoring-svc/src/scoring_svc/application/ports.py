"""What the use cases need from outside."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from access_policy import Viewer
from framework_spec.document import Framework
from scoring_svc.application.bounded_cache import BoundedCache
from scoring_svc.domain.changes import Key
from scoring_svc.domain.cycle import Cycle, CycleState, StatusChange
from scoring_svc.domain.run import CycleTotals, Run
from scoring_svc.domain.score_card import ScoreCard, StoredCard
from scoring_svc.domain.submission import Submission
from service_kit.auth import Authenticator
from service_kit.envelope import NewEvent


class Frameworks(Protocol):
    """Copies of published framework versions."""

    def add(self, digest: str, document: Mapping[str, Any]) -> bool:
        """Keep a version; True when it is new here."""

    def find(self, digest: str) -> Framework | None:
        """The version with that digest, or None while it has not arrived."""


class Registers(Protocol):
    """Copies of registers: administration -> region."""

    def save(self, population: str, regions: Mapping[str, str | None], at: datetime) -> bool:
        """Keep a register unless a later one is here; True when something changed."""

    def regions(self, population: str) -> Mapping[str, str | None] | None:
        """The register, or None while it has not arrived."""


class Cycles(Protocol):
    """Cycles, and the locks by which two workers never score one cycle at a time."""

    def lock_sources(self, *, changing: bool) -> None:
        """Keep frameworks and registers as they are until the end, or be alone in changing them."""

    def scored_by(self, digests: Collection[str], populations: Collection[str]) -> list[Cycle]:
        """The cycles that use one of the framework versions or populations."""

    def lock(self, cycles: Iterable[Cycle]) -> list[Cycle]:
        """Keep cycles that are not here yet, and lock all for this transaction; returns them as they are kept."""

    def state(self, cycle: str) -> CycleState:
        """Where a cycle stands."""

    def set_status(self, change: StatusChange) -> None:
        """Note a change of status unless a later one is here."""

    def note_run(self, cycle: str, run_id: int) -> None:
        """Remember the run that last changed a score."""

    def note_announced(self, cycle: str, digest: str) -> None:
        """Remember the scores for which the cycle was announced as complete."""


class Submissions(Protocol):
    """Copies of submissions at their latest revision."""

    def keep(self, submissions: Collection[Submission]) -> list[Submission]:
        """Keep what is newer than what is here; returns what was."""

    def scorable(self, cycle: str, administrations: Collection[str] | None) -> list[Submission]:
        """Those that are accepted, submitted or in force, of these administrations or (None) of all."""

    def statuses(self, ids: Collection[str]) -> dict[str, tuple[str, int]]:
        """Status and revision by id."""


class ScoreCards(Protocol):
    """The stored cards."""

    def stored(self, cycle: str, administrations: Collection[str] | None) -> dict[Key, StoredCard]:
        """What stands of these administrations or (None) of all."""

    def save(self, cards: Collection[ScoreCard], run_id: int | None) -> None:
        """Write cards, in place of those that stand."""

    def set_revisions(self, cards: Collection[ScoreCard]) -> None:
        """Note the later revision of cards whose content is the same."""

    def delete(self, cycle: str, cards: Collection[StoredCard]) -> None:
        """Take cards away."""

    def with_other_regions(self, cycle: str, regions: Mapping[str, str | None]) -> list[ScoreCard]:
        """Stored cards that carry another region than the register."""

    def totals(self, cycle: str) -> CycleTotals:
        """What stands of the whole cycle."""


class Runs(Protocol):
    """The record of score runs."""

    def next_id(self) -> int:
        """The id of a run that begins now; a later run has a higher one."""

    def record(self, run: Run) -> None:
        """Keep the record of a run."""


class UnitOfWork(Protocol):
    """One transaction over the repositories, with the events about it. Entered and committed by the consumer."""

    @property
    def frameworks(self) -> Frameworks:
        """Framework versions."""

    @property
    def registers(self) -> Registers:
        """Registers."""

    @property
    def cycles(self) -> Cycles:
        """Cycles."""

    @property
    def submissions(self) -> Submissions:
        """Submissions."""

    @property
    def cards(self) -> ScoreCards:
        """Score cards."""

    @property
    def runs(self) -> Runs:
        """Score runs."""

    def publish(self, *events: NewEvent) -> None:
        """Remember events for the commit."""


class Reader(Protocol):
    """Read-only connections."""

    def connect(self) -> AbstractContextManager[Connection]:
        """One read-only snapshot."""


class Glance(Protocol):
    """The cheapest way to a single row."""

    def one(self, statement: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The only row of a query with `%(name)s` placeholders, or None."""


@dataclass(frozen=True)
class Answer:
    """A body as it is sent, and the tag of exactly these bytes. An empty one says that nothing is visible."""

    body: bytes
    etag: str


@dataclass(frozen=True)
class Dependencies:
    """What bootstrap built for the routes: `glance` for a single row, `reader` where statements must agree."""

    glance: Glance
    reader: Reader
    authenticator: Authenticator[Viewer]
    answers: BoundedCache[Hashable, Answer]
    frameworks: Callable[[Connection], Frameworks]
    submissions: Callable[[Connection], Submissions]
