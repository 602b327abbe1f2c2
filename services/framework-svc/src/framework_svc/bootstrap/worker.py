"""Builds what the worker of framework-svc runs."""

from framework_svc.adapters.db.tables import metadata
from framework_svc.adapters.db.unit_of_work import SqlUnitOfWork
from framework_svc.entrypoints.days import Days
from framework_svc.settings import NAME, Settings
from service_kit.clock import utc_now
from service_kit.database import build_engine
from service_kit.relay import Relay
from service_kit.settings import KafkaSettings
from service_kit.worker import Loop

TOPICS = ("framework",)


def loops(settings: Settings) -> list[Loop]:
    """What the worker runs: the relay, and the days on which registers say something else."""
    engine = build_engine(settings.database_url.get_secret_value(), pool_size=1)
    days = Days(lambda: SqlUnitOfWork(engine, metadata, NAME, utc_now), utc_now)
    return [Relay(settings.plain_dsn(), KafkaSettings(), NAME, TOPICS), days]
