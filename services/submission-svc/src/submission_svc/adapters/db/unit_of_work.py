"""The unit of work of submission-svc: repositories over one transaction."""

from sqlalchemy import Connection

from service_kit.database import UnitOfWork
from service_kit.idempotency import IdempotencyKeys
from submission_svc.adapters.db.claims import SqlClaims
from submission_svc.adapters.db.copies import SqlFrameworks, SqlPopulations
from submission_svc.adapters.db.evidence import SqlEvidence
from submission_svc.adapters.db.extensions import SqlExtensions
from submission_svc.adapters.db.jobs import SqlJobs
from submission_svc.adapters.db.mails import SqlContacts, SqlMails
from submission_svc.adapters.db.repositories import SqlAuditTrail, SqlCycles
from submission_svc.adapters.db.submissions import SqlSubmissions
from submission_svc.adapters.db.tables import metadata
from submission_svc.adapters.db.threads import SqlThreads
from submission_svc.adapters.db.warnings import SqlWarnings


class SqlUnitOfWork(UnitOfWork):
    """Everything that submission-svc writes, in one transaction."""

    frameworks: SqlFrameworks
    populations: SqlPopulations
    cycles: SqlCycles
    extensions: SqlExtensions
    submissions: SqlSubmissions
    claims: SqlClaims
    threads: SqlThreads
    warnings: SqlWarnings
    contacts: SqlContacts
    mails: SqlMails
    evidence: SqlEvidence
    audit: SqlAuditTrail
    jobs: SqlJobs
    idempotency: IdempotencyKeys

    def bind(self, connection: Connection) -> None:
        """Make the repositories on the transaction's connection."""
        self.frameworks = SqlFrameworks(connection)
        self.populations = SqlPopulations(connection)
        self.cycles = SqlCycles(connection)
        self.extensions = SqlExtensions(connection)
        self.submissions = SqlSubmissions(connection)
        self.claims = SqlClaims(connection)
        self.threads = SqlThreads(connection)
        self.warnings = SqlWarnings(connection)
        self.contacts = SqlContacts(connection)
        self.mails = SqlMails(connection)
        self.evidence = SqlEvidence(connection)
        self.audit = SqlAuditTrail(connection)
        self.jobs = SqlJobs(connection)
        self.idempotency = IdempotencyKeys(connection, metadata)
