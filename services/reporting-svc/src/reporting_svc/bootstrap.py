"""Builds everything reporting-svc is made of: the only reader of settings, the only maker of adapters."""

from pathlib import Path

from fastapi import FastAPI

from access_policy import PUBLIC_VIEWER, claims_reader
from reporting_svc.adapters.db.bell import OutsideBell
from reporting_svc.adapters.db.tables import metadata
from reporting_svc.adapters.db.tail import SharedTail
from reporting_svc.adapters.db.unit_of_work import SqlUnitOfWork
from reporting_svc.application.ports import Dependencies
from reporting_svc.application.streams import Seats, StreamLimits
from reporting_svc.entrypoints.consumers import framework, score, submission
from reporting_svc.entrypoints.http import ROUTERS
from reporting_svc.entrypoints.pages import ROUTERS as PAGES
from reporting_svc.entrypoints.pages.assets import static_files
from reporting_svc.settings import Settings
from service_kit.app import create_app
from service_kit.auth import Authenticator, TokenVerifier
from service_kit.clock import utc_now
from service_kit.consumer import Consumer, Subscription
from service_kit.database import Reader, build_engine, is_reachable
from service_kit.process import Process
from service_kit.settings import KafkaSettings
from service_kit.worker import Loop

NAME = "reporting-svc"
DESCRIPTION = "Reports, and the event stream for integrators: each reader gets what he may see."
CONSUMERS = (framework, submission, score)


def application(settings: Settings) -> FastAPI:
    """The HTTP application."""
    engine = build_engine(settings.database_url.get_secret_value())
    verifier = TokenVerifier(settings.jwks_url, settings.token_issuer, settings.token_audience)
    app = create_app(
        service="reporting",
        title="OpenPMM reports",
        description=DESCRIPTION,
        routers=(*ROUTERS, *PAGES),
        is_ready=lambda: is_reachable(engine),
        max_body_bytes=settings.max_body_bytes,
    )
    app.mount("/static", static_files())
    reader = Reader(engine)
    app.state.dependencies = Dependencies(
        reader=reader,
        tail=SharedTail(reader),
        seats=Seats(_limits(settings)),
        bell=OutsideBell(settings.plain_dsn()),
        authenticator=Authenticator(verifier, PUBLIC_VIEWER, claims_reader(allow_loader=settings.mode == "embedded")),
        clock=utc_now,
    )
    return app


def _limits(settings: Settings) -> StreamLimits:
    return StreamLimits(settings.max_streams, settings.max_streams_per_client, settings.anonymous_stream_seconds)


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


process = Process(
    name=NAME,
    settings=Settings,
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    metadata=metadata,
    application=application,
    loops=loops,
)
