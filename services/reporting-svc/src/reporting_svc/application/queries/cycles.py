"""Reads the cycles that are reported. A rehearsal does not exist here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection, RowMapping, text

from framework_spec.document import AggregateNode, Band, Framework, Kpi
from service_kit.errors import Kind, ProblemError

_SELECT = (
    "select c.*, f.document, n.scored, n.unscored from cycle c"
    " left join framework_version f on f.code = c.framework and f.version = c.framework_version"
    " left join cycle_count n on n.cycle = c.code"
    " where not c.is_rehearsal"
)
_ORDER = " order by c.opens_on desc nulls last, c.reporting_year desc, c.known_at desc, c.code"


@dataclass(frozen=True)
class ReportedCycle:
    """A cycle with its framework, if that is known yet."""

    code: str
    name: Mapping[str, str] | None
    framework_code: str
    framework_version: str
    population: str
    reporting_year: int
    status: str | None
    opens_on: date | None
    closes_on: date | None
    scored: int | None
    unscored: int | None
    framework: Framework | None

    @property
    def label(self) -> Mapping[str, str] | None:
        """The framework's label, to be shown wherever its names or scores are."""
        return self.framework.label if self.framework else None

    @property
    def lower(self) -> float:
        """The lower end of the scale of scores."""
        return self.framework.scale.lower if self.framework else 0.0

    @property
    def upper(self) -> float:
        """The upper end of the scale of scores."""
        return self.framework.scale.upper if self.framework else 100.0

    @property
    def decimals(self) -> int:
        """With how many decimals scores are shown."""
        return self.framework.decimals if self.framework else 1

    def share_of_scale(self, score: float | None) -> float | None:
        """Where a score stands on the scale, 0..1."""
        return None if score is None else (score - self.lower) / (self.upper - self.lower)

    def band(self, code: str) -> tuple[int, Band] | None:
        """A band and its place from the top, if the framework has it."""
        bands = self.framework.bands if self.framework else ()
        return next(((place, band) for place, band in enumerate(bands, start=1) if band.code == code), None)

    def node(self, code: str) -> AggregateNode | Kpi | None:
        """What the framework says of a node, if it is known."""
        if self.framework is None:
            return None
        try:
            return self.framework.node(code)
        except KeyError:
            return None


def reported_cycles(connection: Connection) -> list[ReportedCycle]:
    """All cycles, the newest first."""
    return [_cycle(row) for row in connection.execute(text(_SELECT + _ORDER)).mappings()]


def reported_cycle(connection: Connection, code: str) -> ReportedCycle:
    """One cycle.

    Raises:
        ProblemError: `report.no_such_cycle` (404).
    """
    row = connection.execute(text(_SELECT + " and c.code = :code"), {"code": code}).mappings().one_or_none()
    if row is None:
        raise ProblemError("report.no_such_cycle", Kind.NOT_FOUND, "There is no such cycle among those reported.")
    return _cycle(row)


def _cycle(row: RowMapping) -> ReportedCycle:
    return ReportedCycle(
        code=row["code"],
        name=row["name"],
        framework_code=row["framework"],
        framework_version=row["framework_version"],
        population=row["population"],
        reporting_year=row["reporting_year"],
        status=row["status"],
        opens_on=row["opens_on"],
        closes_on=row["closes_on"],
        scored=row["scored"],
        unscored=row["unscored"],
        framework=framework_of(row["document"]) if row["document"] else None,
    )


@lru_cache(maxsize=32)
def framework_of(document: str) -> Framework:
    """Published documents never change, so each is read once a process."""
    return Framework.model_validate_json(document)
