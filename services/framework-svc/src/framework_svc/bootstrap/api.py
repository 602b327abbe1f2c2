"""Builds the HTTP application of framework-svc."""

from fastapi import FastAPI

from access_policy import PUBLIC_VIEWER, claims_reader
from framework_svc.adapters.db.tables import metadata
from framework_svc.adapters.db.unit_of_work import SqlUnitOfWork
from framework_svc.application.ports import Dependencies
from framework_svc.entrypoints.http import ROUTERS
from framework_svc.settings import NAME, Settings
from service_kit.app import create_app
from service_kit.audit.keys import keys_or_none
from service_kit.auth import Authenticator, TokenVerifier
from service_kit.clock import utc_now
from service_kit.database import Reader, build_engine, is_reachable

DESCRIPTION = "Frameworks as versions that never change, and the registers of the populations that they score."


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
        audit_keys=keys_or_none(settings.audit_key_file),
    )
    return app
