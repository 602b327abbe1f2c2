"""Reads the contacts of an administration, and how mails to them fare."""

from typing import Any

from sqlalchemy import Connection, text

from access_policy import Viewer, within
from submission_svc.application.queries.cycles import visible_cycle
from submission_svc.application.queries.rights import foreign, may_keep_contacts
from submission_svc.application.refusals import administration_not_found

_CONTACTS = text(
    "select k.email, k.name, k.language,"
    " count(m.id) filter (where m.sent_at is null and m.parked_at is null) as waiting,"
    " count(m.id) filter (where m.parked_at is not null) as given_up,"
    " (array_agg(m.error order by m.parked_at desc) filter (where m.parked_at is not null))[1] as last_error"
    " from contact k left join mail m using (cycle, administration, email)"
    " where k.cycle = :cycle and k.administration = :administration"
    " group by k.email, k.name, k.language order by k.email"
)
_MEMBER = text("select exists (select from administration where population = :population and code = :administration)")


def read_contacts(connection: Connection, viewer: Viewer, cycle: str, administration: str) -> list[dict[str, Any]]:
    """The contacts by address, each with its mails that wait and that were given up.

    Raises:
        ProblemError: `cycle.not_found`, `administration.not_found` (404), `submission.foreign` (403).
    """
    population = visible_cycle(connection, viewer, cycle)["population"]
    if not may_keep_contacts(within(viewer, population), administration):
        raise foreign()
    wanted = {"cycle": cycle, "administration": administration, "population": population}
    rows = [dict(row) for row in connection.execute(_CONTACTS, wanted).mappings()]
    if not rows and not connection.execute(_MEMBER, wanted).scalar_one():
        raise administration_not_found(population, administration)
    return rows
