"""The unit of work of reporting-svc: repositories over one transaction."""

from sqlalchemy import Connection

from reporting_svc.adapters.db.cards import SqlCards
from reporting_svc.adapters.db.outside_log import SqlOutsideLog
from reporting_svc.adapters.db.repositories import SqlCatalogue, SqlCycles
from service_kit.database import UnitOfWork


class SqlUnitOfWork(UnitOfWork):
    """Read models and the outside log in one transaction."""

    catalogue: SqlCatalogue
    cycles: SqlCycles
    cards: SqlCards
    outside: SqlOutsideLog

    def bind(self, connection: Connection) -> None:
        """Make the repositories on the transaction's connection."""
        self.catalogue = SqlCatalogue(connection)
        self.cycles = SqlCycles(connection)
        self.cards = SqlCards(connection)
        self.outside = SqlOutsideLog(connection)
