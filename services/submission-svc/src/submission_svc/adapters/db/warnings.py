"""Warnings on the connection of the running transaction: what contents are judged by, and the reasons given."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert

from submission_svc.adapters.db.review_tables import warning_reason
from submission_svc.application.queries.warning_facts import read_facts
from submission_svc.domain.warnings.found import WarningFound
from submission_svc.domain.warnings.judging import Facts
from submission_svc.domain.warnings.reasons import ReasonCode


class SqlWarnings:
    """Warnings in PostgreSQL; reasons are only ever added."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def facts(self, population: str, administration: str, submission: UUID) -> Facts:
        """What the submission of an administration of a population is judged by."""
        return read_facts(self._connection, population, administration, submission)

    def explain(
        self,
        submission: UUID,
        reasons: Collection[tuple[WarningFound, ReasonCode, str | None]],
        actor: str,
        at: datetime,
    ) -> None:
        """Keep reasons for warnings, with the figures that they are given for."""
        rows = [
            {
                "submission": submission,
                "warning": warning.id,
                "stem": warning.stem,
                "figures_digest": warning.figures_digest,
                "code": code,
                "text": text,
                "at": at,
                "actor": actor,
            }
            for warning, code, text in reasons
        ]
        self._connection.execute(insert(warning_reason), rows)
