"""Builds what the worker of submission-svc runs."""

from service_kit.clock import utc_now
from service_kit.consumer import Consumer, Subscription
from service_kit.database import build_engine
from service_kit.relay import Relay
from service_kit.settings import KafkaSettings
from service_kit.worker import Loop
from submission_svc.adapters.db.tables import metadata
from submission_svc.adapters.db.unit_of_work import SqlUnitOfWork
from submission_svc.entrypoints.consumers.framework import handle
from submission_svc.settings import NAME, Settings

TOPICS = ("submission",)


def loops(settings: Settings) -> list[Loop]:
    """What the worker runs: the relay, and the consumer of framework versions and registers."""
    engine = build_engine(settings.database_url.get_secret_value(), pool_size=2)
    subscription = Subscription(
        name="submission-svc.framework",
        topics=("framework",),
        unit_of_work=lambda: SqlUnitOfWork(engine, metadata, NAME, utc_now),
        metadata=metadata,
        handle=handle,
    )
    return [Relay(settings.plain_dsn(), KafkaSettings(), NAME, TOPICS), Consumer(subscription, KafkaSettings())]
