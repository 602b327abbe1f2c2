"""Builds the HTTP application of submission-svc."""

from fastapi import FastAPI

from access_policy import PUBLIC_VIEWER, claims_reader
from answer_intake.rulebook import Rulebooks
from service_kit.app import create_app
from service_kit.audit.keys import keys_or_none
from service_kit.auth import Authenticator, TokenVerifier
from service_kit.clock import utc_now
from service_kit.database import Reader, build_engine, is_reachable
from submission_svc.adapters.db.tables import metadata
from submission_svc.adapters.db.unit_of_work import SqlUnitOfWork
from submission_svc.adapters.scoring import HttpProjector
from submission_svc.application.dependencies import Dependencies
from submission_svc.application.queries.completeness import Completeness
from submission_svc.bootstrap.evidence import evidence_parts
from submission_svc.entrypoints.http import ROUTERS
from submission_svc.settings import NAME, Settings

DESCRIPTION = """\
Cycles, and what administrations submit in them: answers, claims, disclosure, and how far each has come.

Refusals that a member can meet come in English or French: `?language=` where a route has it, else Accept-Language.
What only the secretariat meets, and what is said of the shape of a request (`request.invalid`, `request.malformed`),
is English; Content-Language names the language of a refusal."""


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
        completeness=Completeness(),
        is_embedded=settings.mode == "embedded",
        is_mail_sent=settings.smtp_url is not None,
        projector=HttpProjector(settings.scoring_url),
        audit_keys=keys_or_none(settings.audit_key_file),
        evidence=evidence_parts(settings),
    )
    return app
