"""The unit of work of scoring-svc: repositories over one transaction."""

from sqlalchemy import Connection, Engine

from framework_spec.document import Framework
from scoring_svc.adapters.db.scores import SqlRuns, SqlScoreCards
from scoring_svc.adapters.db.sources import SqlCycles, SqlFrameworks, SqlRegisters, SqlSubmissions
from scoring_svc.adapters.db.tables import metadata
from scoring_svc.application.bounded_cache import BoundedCache
from service_kit.clock import Clock
from service_kit.database import UnitOfWork


class SqlUnitOfWork(UnitOfWork):
    """Copies of what others published, cards and runs in one transaction."""

    frameworks: SqlFrameworks
    registers: SqlRegisters
    cycles: SqlCycles
    submissions: SqlSubmissions
    cards: SqlScoreCards
    runs: SqlRuns

    def __init__(self, engine: Engine, source: str, clock: Clock, known: BoundedCache[str, Framework]) -> None:
        super().__init__(engine, metadata, source, clock)
        self._known = known

    def bind(self, connection: Connection) -> None:
        """Make the repositories on the transaction's connection."""
        self.frameworks = SqlFrameworks(connection, self._known)
        self.registers = SqlRegisters(connection)
        self.cycles = SqlCycles(connection)
        self.submissions = SqlSubmissions(connection)
        self.cards = SqlScoreCards(connection)
        self.runs = SqlRuns(connection)
