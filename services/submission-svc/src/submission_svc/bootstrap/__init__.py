"""Builds everything submission-svc is made of: the only reader of settings, the only maker of adapters.

Its two parts are loaded by name, so that each process loads only what it runs.
"""

from pathlib import Path

from service_kit.process import Process
from submission_svc.settings import NAME

process = Process(
    name=NAME,
    migrations=Path(__file__).resolve().parents[3] / "migrations",
    settings="submission_svc.settings:Settings",
    metadata="submission_svc.adapters.db.tables:metadata",
    application="submission_svc.bootstrap.api:application",
    loops="submission_svc.bootstrap.worker:loops",
    commands={"verify-audit": "service_kit.commands.verify_audit:run"},
)
