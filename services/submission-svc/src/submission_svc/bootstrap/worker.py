"""Builds what the worker of submission-svc runs."""

from sqlalchemy import Engine

from answer_intake.rulebook import Rulebooks
from service_kit.audit.sealing import sealers
from service_kit.clock import utc_now
from service_kit.consumer import Consumer, Subscription
from service_kit.database import build_engine
from service_kit.relay import Relay
from service_kit.settings import KafkaSettings
from service_kit.worker import Loop
from submission_svc.adapters.db.job_queue import SqlJobQueue
from submission_svc.adapters.db.tables import metadata
from submission_svc.adapters.db.unit_of_work import SqlUnitOfWork
from submission_svc.bootstrap.evidence import evidence_sweep
from submission_svc.bootstrap.mailing import mailing_loops
from submission_svc.entrypoints.consumers.framework import handle
from submission_svc.entrypoints.jobs.worker import JobTools, PushJobs
from submission_svc.settings import NAME, Settings

TOPICS = ("submission",)


def loops(settings: Settings) -> list[Loop]:
    """What the worker runs: relay and consumer, jobs, mails, the sealer of the audit trail, the sweep of lost files.

    Raises:
        AuditKeyError: outside the embedded mode there is no private key that signs checkpoints.
    """
    engine = build_engine(settings.database_url.get_secret_value(), pool_size=4)
    subscription = Subscription(
        name=f"{NAME}.sources",
        topics=("framework",),
        unit_of_work=lambda: SqlUnitOfWork(engine, metadata, NAME, utc_now),
        metadata=metadata,
        handle=handle,
    )
    relay = Relay(settings.plain_dsn(), KafkaSettings(), NAME, TOPICS)
    consumer = Consumer(subscription, KafkaSettings())
    always: list[Loop] = [relay, consumer, push_jobs(settings, engine), evidence_sweep(settings, engine)]
    return [*always, *mailing_loops(settings, engine), *sealers(settings, engine, NAME, utc_now)]


def push_jobs(settings: Settings, engine: Engine) -> PushJobs:
    """What works off queued pushes."""
    queue = SqlJobQueue(engine, settings.plain_dsn())
    return PushJobs(JobTools(queue, lambda: SqlUnitOfWork(engine, metadata, NAME, utc_now), Rulebooks(), utc_now))
