"""Reads what a viewer may see of one administration in one cycle."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from access_policy import Level, Thing, Viewer, level_of, may_see, redact_card, within
from reporting_svc.application.queries.cycles import ReportedCycle, reported_cycle
from service_kit.errors import Kind, ProblemError

_FIND = text(
    # An administration that the register has without a region has none, whatever its card says.
    "select a.name, w.region, r.name as region_name, p.status, s.card"
    " from (select cast(:administration as text) as code) wanted"
    " left join administration a on a.population = :population and a.code = wanted.code"
    " left join score_card s on s.cycle = :cycle and s.administration = wanted.code and s.card is not null"
    " left join participation p on p.cycle = :cycle and p.administration = wanted.code"
    " and p.status in ('submitted', 'accepted')"
    " cross join lateral (select case when a.code is null then s.region else a.region end as region) w"
    " left join region r on r.population = :population and r.code = w.region"
)
_SAID_AT = text(
    "select said_at from outside_version where cycle = :cycle and administration = :administration"
    " and level = :level and digest is not null"
)


@dataclass(frozen=True)
class AdministrationReport:
    """One administration as a viewer sees it; `card` is redacted, and None when it has no score he may see.

    `updated_at` is when something last changed of what his level sees: a hidden change must not show in it.
    """

    cycle: ReportedCycle
    code: str
    name: str
    region: str | None
    region_name: str | None
    level: Level
    status: str | None
    card: dict[str, Any] | None
    updated_at: datetime | None


def administration_report(connection: Connection, cycle_code: str, code: str, viewer: Viewer) -> AdministrationReport:
    """The administration's participation and card, as far as the viewer may see them.

    Raises:
        ProblemError: `report.no_such_cycle` (404); `report.nothing_to_see` (404), in the same words whether there is
            nothing or nothing for this viewer.
    """
    cycle = reported_cycle(connection, cycle_code)
    viewer = within(viewer, cycle.population)
    known = {"cycle": cycle.code, "population": cycle.population, "administration": code}
    row = connection.execute(_FIND, known).one()
    level = level_of(viewer, code, row.region)
    status = row.status if may_see(viewer, Thing.PARTICIPATION, code, row.region) else None
    card = redact_card(row.card, level) if row.card is not None else None
    if card is None and status is None:
        raise ProblemError(
            "report.nothing_to_see", Kind.NOT_FOUND, "There is nothing that you may see of this administration here."
        )
    return AdministrationReport(
        cycle=cycle,
        code=code,
        name=row.name or code,
        region=row.region,
        region_name=row.region_name,
        level=level,
        status=status,
        card=card,
        updated_at=_said_at(connection, cycle.code, code, level) if card is not None else None,
    )


def _said_at(connection: Connection, cycle: str, administration: str, level: Level) -> datetime | None:
    wanted = {"cycle": cycle, "administration": administration, "level": level.value}
    said_at: datetime | None = connection.execute(_SAID_AT, wanted).scalar_one_or_none()
    return said_at
