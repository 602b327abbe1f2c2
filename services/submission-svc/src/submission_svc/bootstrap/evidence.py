"""Builds what keeps evidence: the store, its limits, and the sweep of what is left over."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Engine

from service_kit.clock import utc_now
from submission_svc.adapters.db.evidence import known_files
from submission_svc.adapters.files.evidence_store import FilesStore
from submission_svc.application.ports.evidence import EvidenceParts
from submission_svc.domain.evidence import Limits
from submission_svc.domain.evidence_levels import KnownCodes
from submission_svc.entrypoints.sweeping import Sweep
from submission_svc.settings import Settings


def evidence_parts(settings: Settings) -> EvidenceParts:
    """What the routes about evidence get in hand."""
    limits = Limits(
        file_bytes=settings.evidence_max_bytes,
        files_per_code=settings.evidence_files_per_code,
        submission_bytes=settings.evidence_bytes_per_submission,
    )
    return EvidenceParts(FilesStore(settings.evidence_dir, limits.file_bytes), limits, KnownCodes())


def evidence_sweep(settings: Settings, engine: Engine) -> Sweep:
    """What the worker runs."""

    def known(files: Collection[UUID]) -> set[UUID]:
        with engine.connect() as connection:
            return known_files(connection, files)

    return Sweep(FilesStore(settings.evidence_dir, settings.evidence_max_bytes), known, utc_now)
