"""Decisions on claims, on the connection of the running transaction: what was said before keeps its row."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from submission_svc.domain.content import Decision

_DECIDE = text(
    """
    with said as (
        select * from unnest(cast(:kpis as text[]), cast(:decisions as text[]), cast(:reasons as text[]))
               as row(kpi, decision, decision_reason)
    ), ended as (
        update claim set until = :at from said
         where claim.submission = :submission and claim.kpi = said.kpi and claim.until = 'infinity'
        returning claim.kpi, claim.state, claim.reason
    )
    insert into claim (submission, kpi, state, reason, decision, decision_reason, since)
    select :submission, ended.kpi, ended.state, ended.reason, said.decision, said.decision_reason, :at
      from ended join said on said.kpi = ended.kpi
    """
)


class SqlClaims:
    """Claims in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def decide(self, submission: UUID, decisions: Mapping[str, Decision], at: datetime) -> None:
        """Keep what is said of the claims that hold now, by KPI; what was said before keeps its row."""
        columns = {
            "submission": submission,
            "kpis": list(decisions),
            "decisions": [each.decision for each in decisions.values()],
            "reasons": [each.reason for each in decisions.values()],
            "at": at,
        }
        self._connection.execute(_DECIDE, columns)
