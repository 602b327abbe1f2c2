"""Reads how much of what a framework asks each administration has answered."""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection, text

from framework_spec.document import Framework
from framework_spec.formulas import parse_formula

MOST_KEPT = 64
# What counts of a submission: what is accepted while a revision of it is under way, else what it holds now.
_COUNTS = (
    "case when s.in_force_at is null or s.status in ('submitted', 'accepted') then {0}.until = 'infinity'"
    " else {0}.since <= s.in_force_at and s.in_force_at < {0}.until end"
)
_ANSWERED = text(
    f"""
    with asked as (
        select * from unnest(cast(:kpis as text[]), cast(:inputs as text[]), cast(:years as integer[]))
               as asked (kpi, input, year)
    ), wanted as (
        select kpi, count(*) as figures from asked group by kpi
    ), held as (
        select s.id, asked.kpi, count(*) as figures
          from submission s
          join answer a on a.submission = s.id and {_COUNTS.format("a")}
          join asked on asked.input = a.input and asked.year = a.year
         where s.cycle = :cycle group by s.id, asked.kpi
    )
    select s.administration, count(*) as answered
      from submission s
      cross join wanted
      left join held on held.id = s.id and held.kpi = wanted.kpi
      left join claim c on c.submission = s.id and c.kpi = wanted.kpi and {_COUNTS.format("c")}
     where s.cycle = :cycle
       and (held.figures = wanted.figures or c.decision = 'confirmed' or (c.kpi is not null and c.decision is null))
     group by s.administration
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


class AskedByCycles:
    """Asked figures by framework digest and reporting year. A published version never changes, so they stay true."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], AskedFigures] = {}

    def get(self, digest: str, reporting_year: int, document: Callable[[], Framework]) -> AskedFigures:
        """The figures; `document` is asked for only when they are not kept yet."""
        key = (digest, reporting_year)
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = AskedFigures.of(document(), reporting_year)
        return self._kept[key]


def answered_kpis(connection: Connection, cycle: str, asked: AskedFigures) -> dict[str, int]:
    """How many KPIs each administration has answered; who has answered none is left out.

    A KPI is answered when each of its figures is there, or is said to be missing, or when a claim that nobody has
    refused stands in its place.
    """
    rows = connection.execute(_ANSWERED, {"cycle": cycle, **asked._asdict()})
    return {row.administration: row.answered for row in rows}


def document(connection: Connection, digest: str) -> Framework:
    """The document of a framework version that is known."""
    wanted = text("select document from framework where digest = :digest")
    return Framework.model_validate_json(connection.execute(wanted, {"digest": digest}).scalar_one())
