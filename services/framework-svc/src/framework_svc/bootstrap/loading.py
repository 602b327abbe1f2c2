"""Loads what ships with framework-svc, after migration."""

from framework_svc.adapters.db.tables import metadata
from framework_svc.adapters.db.unit_of_work import SqlUnitOfWork
from framework_svc.adapters.shipped import shipped_frameworks, shipped_population
from framework_svc.application.commands.load_what_ships import load_what_ships
from framework_svc.settings import NAME, Settings
from service_kit.clock import utc_now
from service_kit.database import build_engine


def load_shipped(settings: Settings) -> None:
    """After migration: the register of WCO members and the shipped frameworks, where they are not there yet."""
    engine = build_engine(settings.database_url.get_secret_value(), pool_size=1)
    uow = SqlUnitOfWork(engine, metadata, NAME, utc_now)
    load_what_ships(uow, utc_now, shipped_population(), shipped_frameworks(with_demo=settings.mode == "embedded"))
    engine.dispose()
