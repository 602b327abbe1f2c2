"""Builds everything framework-svc is made of: the only reader of settings, the only maker of adapters."""

from pathlib import Path

from fastapi import FastAPI

from access_policy import PUBLIC_VIEWER, claims_reader
from framework_svc.adapters.db.tables import metadata
from framework_svc.adapters.db.unit_of_work import SqlUnitOfWork
from framework_svc.adapters.shipped import shipped_frameworks, shipped_population
from framework_svc.application.commands.load_what_ships import load_what_ships
from framework_svc.application.ports import Dependencies
from framework_svc.entrypoints.http import ROUTERS
from framework_svc.settings import Settings
from service_kit.app import create_app
from service_kit.auth import Authenticator, TokenVerifier
from service_kit.clock import utc_now
from service_kit.database import Reader, build_engine, is_reachable
from service_kit.process import Process
from service_kit.relay import Relay
from service_kit.settings import KafkaSettings
from service_kit.worker import Loop

NAME = "framework-svc"
DESCRIPTION = "Frameworks as versions that never change, and the registers of the populations that they score."
TOPICS = ("framework",)


def application(settings: Settings) -> FastAPI:
    """The HTTP application."""
    engine = build_engine(settings.database_url.get_secret_value())
    verifier = TokenVerifier(settings.jwks_url, settings.token_issuer, settings.token_audience)
    app = create_app(
        service="framework",
        title="OpenPMM frameworks",
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
    )
    return app


def loops(settings: Settings) -> list[Loop]:
    """What the worker runs: the relay."""
    return [Relay(settings.plain_dsn(), KafkaSettings(), NAME, TOPICS)]


def load_shipped(settings: Settings) -> None:
    """After migration: the register of WCO members and the shipped frameworks, where they are not there yet."""
    engine = build_engine(settings.database_url.get_secret_value(), pool_size=1)
    uow = SqlUnitOfWork(engine, metadata, NAME, utc_now)
    load_what_ships(uow, utc_now, shipped_population(), shipped_frameworks(with_demo=settings.mode == "embedded"))
    engine.dispose()


process = Process(
    name=NAME,
    settings=Settings,
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    metadata=metadata,
    application=application,
    loops=loops,
    after_migration=load_shipped,
)
