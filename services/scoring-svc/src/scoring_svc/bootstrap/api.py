"""Builds the HTTP application of scoring-svc."""

from fastapi import FastAPI

from access_policy import PUBLIC_VIEWER, claims_reader
from framework_spec.document import Framework
from scoring_svc.adapters.db.glance import DriverGlance
from scoring_svc.adapters.db.sources import SqlFrameworks, SqlSubmissions
from scoring_svc.application.bounded_cache import BoundedCache
from scoring_svc.application.ports import Dependencies
from scoring_svc.entrypoints.http import ROUTERS
from scoring_svc.settings import Settings
from service_kit.app import create_app
from service_kit.auth import Authenticator, TokenVerifier
from service_kit.database import Reader, build_engine, is_reachable

DESCRIPTION = "Scores of administrations, how each came about, and previews of submissions that wait for a decision."
FRAMEWORKS_KEPT = 16
ANSWER_BYTES_KEPT = 64 * 2**20
LARGEST_BODY = 4 * 2**20  # the answers of one administration, and nothing else, are ever sent here


def application(settings: Settings) -> FastAPI:
    """The HTTP application."""
    engine = build_engine(settings.database_url.get_secret_value())
    known: BoundedCache[str, Framework] = BoundedCache(FRAMEWORKS_KEPT)
    verifier = TokenVerifier(settings.jwks_url, settings.token_issuer, settings.token_audience)
    app = create_app(
        service="scoring",
        title="OpenPMM scores",
        description=DESCRIPTION,
        routers=ROUTERS,
        is_ready=lambda: is_reachable(engine),
        max_body_bytes=min(settings.max_body_bytes, LARGEST_BODY),
    )
    app.state.dependencies = Dependencies(
        glance=DriverGlance(build_engine(settings.database_url.get_secret_value())),
        reader=Reader(engine),
        authenticator=Authenticator(verifier, PUBLIC_VIEWER, claims_reader(allow_loader=settings.mode == "embedded")),
        answers=BoundedCache(ANSWER_BYTES_KEPT, weigh=lambda answer: len(answer.body) + 500),
        frameworks=lambda connection: SqlFrameworks(connection, known),
        submissions=SqlSubmissions,
    )
    return app
