"""Builds what the worker of reporting-svc runs."""

from reporting_svc.adapters.db.tables import metadata
from reporting_svc.adapters.db.unit_of_work import SqlUnitOfWork
from reporting_svc.entrypoints.consumers import framework, score, submission
from reporting_svc.settings import NAME, Settings
from service_kit.clock import utc_now
from service_kit.consumer import Consumer, Subscription
from service_kit.database import build_engine
from service_kit.settings import KafkaSettings
from service_kit.worker import Loop

CONSUMERS = (framework, submission, score)


def loops(settings: Settings) -> list[Loop]:
    """What the worker runs: a consumer a topic. Nothing is published on Kafka, so there is no relay."""
    engine = build_engine(settings.database_url.get_secret_value())

    def unit_of_work() -> SqlUnitOfWork:
        return SqlUnitOfWork(engine, metadata, NAME, utc_now)

    return [
        Consumer(
            Subscription(f"{NAME}.{module.TOPIC}", (module.TOPIC,), unit_of_work, metadata, module.handle),
            KafkaSettings(),
        )
        for module in CONSUMERS
    ]
