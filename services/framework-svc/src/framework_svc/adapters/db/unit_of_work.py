"""The unit of work of framework-svc: repositories over one transaction."""

from sqlalchemy import Connection

from framework_svc.adapters.db.drafts import SqlFrameworkDrafts
from framework_svc.adapters.db.repositories import SqlAuditTrail, SqlFrameworkVersions, SqlPopulations
from service_kit.database import UnitOfWork


class SqlUnitOfWork(UnitOfWork):
    """Frameworks, drafts, registers and the audit trail in one transaction."""

    frameworks: SqlFrameworkVersions
    drafts: SqlFrameworkDrafts
    populations: SqlPopulations
    audit: SqlAuditTrail

    def bind(self, connection: Connection) -> None:
        """Make the repositories on the transaction's connection."""
        self.frameworks = SqlFrameworkVersions(connection)
        self.drafts = SqlFrameworkDrafts(connection)
        self.populations = SqlPopulations(connection)
        self.audit = SqlAuditTrail(connection)
