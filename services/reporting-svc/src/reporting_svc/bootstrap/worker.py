"""Builds what the worker of reporting-svc runs."""

from reporting_svc.adapters.db.tables import metadata
from reporting_svc.adapters.db.unit_of_work import SqlUnitOfWork
from reporting_svc.entrypoints.consumers.batch import TOPICS, handle
from reporting_svc.settings import NAME, Settings
from service_kit.clock import utc_now
from service_kit.consumer import Consumer, Subscription
from service_kit.database import build_engine
from service_kit.settings import KafkaSettings
from service_kit.worker import Loop


def loops(settings: Settings) -> list[Loop]:
    """What the worker runs: one consumer for all topics. Nothing is published on Kafka, so there is no relay."""
    engine = build_engine(settings.database_url.get_secret_value())
    subscription = Subscription(
        name=f"{NAME}.sources",
        topics=TOPICS,
        unit_of_work=lambda: SqlUnitOfWork(engine, metadata, NAME, utc_now),
        metadata=metadata,
        handle=handle,
    )
    return [Consumer(subscription, KafkaSettings())]
