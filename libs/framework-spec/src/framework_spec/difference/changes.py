"""What a difference is made of: one change for each thing that is not as it was."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from framework_spec.canonical import plain
from framework_spec.problems import Location, path_text

ChangeKind = Literal[
    "added",
    "removed",
    "renamed",  # the name or the code, not the meaning
    "moved",  # to another parent
    "reordered",  # among its siblings
    "reweighted",
    "redefined",  # what is measured: formula, inputs, units, direction, years, limits
    "rescored",  # how a value becomes a score: scoring, aggregation, coverage, bands, scale
    "texts",  # words that explain
    "documented",  # sources, confidence, SDGs, tools and the like
    "governed",  # purpose, population, languages, ranking, display
]
Subject = Literal["framework", "input", "band", "rule", "index", "dimension", "expected_outcome", "group", "kpi"]
Series = Literal["values", "scores"]


@dataclass(frozen=True)
class Change:
    """One change: what happened to which field of which thing.

    `location` is that of the new document, but for what was removed. `field` is the part of the thing that changed,
    like `scoring.upper`; None when the thing as a whole was added, removed, moved or reordered. `breaks` is the time
    series that cannot be continued across the change: of KPI values (and so of scores), or of scores only. `kpis` are
    the KPIs touched by a change of an input.
    """

    kind: ChangeKind
    subject: Subject
    code: str
    location: Location
    field: str | None
    before: Any
    after: Any
    breaks: Series | None = None
    name: dict[str, str] | None = None
    kpis: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The location as text."""
        return path_text(self.location)

    @property
    def breaks_series(self) -> bool:
        """Whether a time series cannot be continued across the change."""
        return self.breaks is not None

    def document(self) -> dict[str, Any]:
        """Give the JSON-ready change."""
        said = asdict(self)
        del said["location"]
        sides = {"before": plain(self.before), "after": plain(self.after)}
        return {**said, **sides, "path": self.path, "breaks_series": self.breaks_series, "kpis": list(self.kpis)}


@dataclass(frozen=True)
class Version:
    """Which version stands on one side of a difference."""

    code: str
    version: str
    digest: str


@dataclass(frozen=True)
class Difference:
    """All changes from one version to another, in document order; the version numbers themselves are no change."""

    old: Version
    new: Version
    changes: tuple[Change, ...]

    @property
    def breaks_series(self) -> bool:
        """Whether any time series cannot be continued."""
        return any(change.breaks_series for change in self.changes)

    def __bool__(self) -> bool:
        return bool(self.changes)

    def document(self) -> dict[str, Any]:
        """Give the JSON-ready difference."""
        return {
            "old": asdict(self.old),
            "new": asdict(self.new),
            "breaks_series": self.breaks_series,
            "changes": [change.document() for change in self.changes],
        }
