"""Builds everything submission-svc is made of: the only reader of settings, the only maker of adapters."""

from pathlib import Path

from fastapi import FastAPI

from access_policy import PUBLIC_VIEWER, claims_reader
from service_kit.app import create_app
from service_kit.auth import Authenticator, TokenVerifier
from service_kit.clock import utc_now
from service_kit.consumer import Consumer, Subscription
from service_kit.database import Reader, build_engine, is_reachable
from service_kit.process import Process
from service_kit.relay import Relay
from service_kit.settings import KafkaSettings
from service_kit.worker import Loop
from submission_svc.adapters.db.tables import metadata
from submission_svc.adapters.db.unit_of_work import SqlUnitOfWork
from submission_svc.application.ports import Dependencies
from submission_svc.domain.push.rulebook import Rulebooks
from submission_svc.entrypoints.consumers.framework import handle
from submission_svc.entrypoints.http import ROUTERS
from submission_svc.settings import Settings

NAME = "submission-svc"
DESCRIPTION = "Cycles, and what administrations submit in them: answers, claims, disclosure, and how far each has come."
TOPICS = ("submission",)


def application(settings: Settings) -> FastAPI:
    """The HTTP application."""
    engine = build_engine(settings.database_url.get_secret_value())
    verifier = TokenVerifier(settings.jwks_url, settings.token_issuer, settings.token_audience)
    app = create_app(
        service="submission",
        title="OpenPMM submissions",
        description=DESCRIPTION,
        routers=ROUTERS,
        is_ready=lambda: is_reachable(engine),
        max_body_bytes=settings.max_body_bytes,
    )
    app.state.dependencies = Dependencies(
        unit_of_work=lambda: SqlUnitOfWork(engine, metadata, NAME, utc_now),
        reader=Reader(engine),
        authenticator=Authenticator(verifier, PUBLIC_VIEWER, claims_reader(allow_loader=settings.mode == "embedded")),
        clock=utc_now,
        rulebooks=Rulebooks(),
        is_embedded=settings.mode == "embedded",
    )
    return app


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


process = Process(
    name=NAME,
    settings=Settings,
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    metadata=metadata,
    application=application,
    loops=loops,
)
