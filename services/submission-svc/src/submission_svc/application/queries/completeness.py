"""Reads how much of what a framework asks each administration has answered."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, text

from framework_spec.document import Framework
from framework_spec.formulas import parse_formula
from submission_svc.application.queries.frameworks import read_framework

MOST_KEPT, MOST_COUNTS_KEPT = 64, 50_000
_STATES = text("select id, administration, changes from submission where cycle = :cycle")
# What counts of a submission: what is accepted while a revision of it is under way, else what it holds now.
_COUNTS = (
    "case when s.in_force_at is null or s.status in ('submitted', 'accepted') then {0}.until = 'infinity'"
    " else {0}.since <= s.in_force_at and s.in_force_at < {0}.until end"
)
_ANSWERED = text(
    f"""
    with counted as (
        select * from submission where id = any(cast(:ids as uuid[]))
    ), asked as (
        select * from unnest(cast(:kpis as text[]), cast(:inputs as text[]), cast(:years as integer[]))
               as asked (kpi, input, year)
    ), wanted as (
        select kpi, count(*) as figures from asked group by kpi
    ), held as (
        select s.id, asked.kpi, count(*) as figures
          from counted s
          join answer a on a.submission = s.id and {_COUNTS.format("a")}
          join asked on asked.input = a.input and asked.year = a.year
         group by s.id, asked.kpi
    )
    select s.id, count(*) as answered
      from counted s
      cross join wanted
      left join held on held.id = s.id and held.kpi = wanted.kpi
      left join claim c on c.submission = s.id and c.kpi = wanted.kpi and {_COUNTS.format("c")}
     where held.figures = wanted.figures or c.decision = 'confirmed' or (c.kpi is not null and c.decision is null)
     group by s.id
    """  # noqa: S608 - constant text
)


class AskedFigures(NamedTuple):
    """The figures of which the KPIs of a framework are made in one reporting year, a row each."""

    kpis: list[str]
    inputs: list[str]
    years: list[int]

    @property
    def number(self) -> int:
        """How many KPIs are made of anything."""
        return len(set(self.kpis))

    @classmethod
    def of(cls, framework: Framework, reporting_year: int) -> "AskedFigures":
        """Read them from the formulas."""
        rows = [
            (kpi.code, code, reporting_year + offset)
            for kpi in framework.kpis()
            if kpi.formula
            for code, offset in parse_formula(kpi.formula).ordered_references
        ]
        return cls([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])


class Completeness:
    """Counts answered KPIs, and keeps what stays true.

    A published version of a framework never changes, so neither do its asked figures. A submission counts its changes,
    so what is counted of one of its states is true of that state for ever: only what has changed is counted anew.
    """

    def __init__(self) -> None:
        self._figures: dict[tuple[str, int], AskedFigures] = {}
        self._counts: dict[tuple[UUID, int], int] = {}

    def shares(self, connection: Connection, cycle: Mapping[str, Any]) -> dict[str, float]:
        """The part of the KPIs that each administration has answered, 0..1.

        A KPI is answered when each of its figures is there, or is said to be missing, or when a claim that nobody has
        refused stands in its place. KPIs without figures do not count.
        """
        asked = self._asked(connection, cycle["framework_digest"], cycle["reporting_year"])
        states = {
            (row.id, row.changes): row.administration for row in connection.execute(_STATES, {"cycle": cycle["code"]})
        }
        kept = self._counts  # other threads may begin a new one at any moment, and never take anything out of this one
        counts = {state: kept[state] for state in states if state in kept}
        counts |= _count(connection, states.keys() - counts.keys(), asked)
        if len(kept) > MOST_COUNTS_KEPT:
            kept = self._counts = {}
        kept.update(counts)
        return {states[state]: number / max(asked.number, 1) for state, number in counts.items()}

    def _asked(self, connection: Connection, digest: str, reporting_year: int) -> AskedFigures:
        key = (digest, reporting_year)
        figures = self._figures.get(key)
        if figures is None:
            if len(self._figures) >= MOST_KEPT:
                self._figures.clear()
            figures = self._figures[key] = AskedFigures.of(read_framework(connection, digest), reporting_year)
        return figures


def _count(
    connection: Connection, states: Collection[tuple[UUID, int]], asked: AskedFigures
) -> dict[tuple[UUID, int], int]:
    if not states:
        return {}
    wanted = {"ids": [submission for submission, _ in states], **asked._asdict()}
    answered = {row.id: row.answered for row in connection.execute(_ANSWERED, wanted)}
    return {state: answered.get(state[0], 0) for state in states}
