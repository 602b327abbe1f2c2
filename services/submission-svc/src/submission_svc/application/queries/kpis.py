"""Reads what the KPIs of a submission come to, with their breakdowns, for those who may read the submission."""

from typing import Any

from sqlalchemy import Connection

from access_policy import Viewer
from submission_svc.application.pushing.kpi_values import kpi_values
from submission_svc.application.queries.contents import read_content
from submission_svc.application.queries.cycles import visible_cycle
from submission_svc.application.queries.frameworks import read_framework
from submission_svc.application.queries.submissions import read_submission_state


def read_kpis(connection: Connection, viewer: Viewer, cycle: str, administration: str) -> list[dict[str, Any]]:
    """The KPIs in document order, as a dry run shows them; refuses like `read_submission`."""
    found = read_submission_state(connection, viewer, cycle, administration)
    asked = visible_cycle(connection, viewer, cycle)
    framework = read_framework(connection, asked["framework_digest"])
    return kpi_values(framework, asked["reporting_year"], read_content(connection, found["id"]))
