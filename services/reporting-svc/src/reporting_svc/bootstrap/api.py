"""Builds the HTTP application of reporting-svc."""

from fastapi import FastAPI

from access_policy import PUBLIC_VIEWER, claims_reader
from reporting_svc.adapters.db.bell import OutsideBell
from reporting_svc.adapters.db.tail import SharedTail
from reporting_svc.adapters.submissions import HttpSubmissionApi
from reporting_svc.application.ports import Dependencies
from reporting_svc.application.streams import Seats, StreamLimits
from reporting_svc.entrypoints.http import ROUTERS
from reporting_svc.entrypoints.pages import ROUTERS as PAGES
from reporting_svc.entrypoints.pages.assets import static_files
from reporting_svc.settings import Settings
from service_kit.app import create_app
from service_kit.auth import Authenticator, TokenVerifier
from service_kit.clock import utc_now
from service_kit.database import Reader, build_engine, is_reachable

DESCRIPTION = "Reports, and the event stream for integrators: each reader gets what he may see."


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
        submissions=HttpSubmissionApi(settings.submission_url),
    )
    return app


def _limits(settings: Settings) -> StreamLimits:
    return StreamLimits(settings.max_streams, settings.max_streams_per_client, settings.anonymous_stream_seconds)
