"""Builds what the worker of scoring-svc runs."""

from framework_spec.document import Framework
from scoring_svc.adapters.db.tables import metadata
from scoring_svc.adapters.db.unit_of_work import SqlUnitOfWork
from scoring_svc.application.bounded_cache import BoundedCache
from scoring_svc.entrypoints.consumers.batch import TOPICS, handle
from scoring_svc.settings import NAME, Settings
from service_kit.clock import utc_now
from service_kit.consumer import Consumer, Subscription
from service_kit.database import build_engine
from service_kit.relay import Relay
from service_kit.settings import KafkaSettings
from service_kit.worker import Loop

FRAMEWORKS_KEPT = 16


def loops(settings: Settings) -> list[Loop]:
    """What the worker runs: the relay, and one consumer for both topics, so that one thread scores."""
    engine = build_engine(settings.database_url.get_secret_value(), pool_size=2)
    known: BoundedCache[str, Framework] = BoundedCache(FRAMEWORKS_KEPT)
    subscription = Subscription(
        name=f"{NAME}.sources",
        topics=TOPICS,
        unit_of_work=lambda: SqlUnitOfWork(engine, NAME, utc_now, known),
        metadata=metadata,
        handle=handle,
    )
    kafka = KafkaSettings()
    return [Relay(settings.plain_dsn(), kafka, NAME, ("score",)), Consumer(subscription, kafka)]
