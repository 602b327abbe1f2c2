"""Builds what the worker of framework-svc runs."""

from framework_svc.adapters.db.tables import metadata
from framework_svc.adapters.db.unit_of_work import SqlUnitOfWork
from framework_svc.entrypoints.days import Days
from framework_svc.settings import NAME, Settings
from service_kit.audit.sealing import sealers
from service_kit.clock import utc_now
from service_kit.database import build_engine
from service_kit.relay import Relay
from service_kit.settings import KafkaSettings
from service_kit.worker import Loop

TOPICS = ("framework",)


def loops(settings: Settings) -> list[Loop]:
    """What the worker runs: the relay, the days on which registers say something else, the sealer of the audit trail.

    Raises:
        AuditKeyError: outside the embedded mode there is no private key that signs checkpoints.
    """
    engine = build_engine(settings.database_url.get_secret_value(), pool_size=2)
    days = Days(lambda: SqlUnitOfWork(engine, metadata, NAME, utc_now), utc_now)
    relay = Relay(settings.plain_dsn(), KafkaSettings(), NAME, TOPICS)
    return [relay, days, *sealers(settings, engine, NAME, utc_now)]
