"""Builds everything reporting-svc is made of: the only reader of settings, the only maker of adapters.

Its two parts are loaded by name, so that each process loads only what it runs.
"""

from pathlib import Path

from reporting_svc.settings import NAME
from service_kit.process import Process

process = Process(
    name=NAME,
    migrations=Path(__file__).resolve().parents[3] / "migrations",
    settings="reporting_svc.settings:Settings",
    metadata="reporting_svc.adapters.db.tables:metadata",
    application="reporting_svc.bootstrap.api:application",
    loops="reporting_svc.bootstrap.worker:loops",
)
