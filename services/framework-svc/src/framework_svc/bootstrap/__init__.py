"""Builds everything framework-svc is made of: the only reader of settings, the only maker of adapters.

Its two parts are loaded by name, so that each process loads only what it runs.
"""

from pathlib import Path

from framework_svc.settings import NAME
from service_kit.process import Process

process = Process(
    name=NAME,
    migrations=Path(__file__).resolve().parents[3] / "migrations",
    settings="framework_svc.settings:Settings",
    metadata="framework_svc.adapters.db.tables:metadata",
    application="framework_svc.bootstrap.api:application",
    loops="framework_svc.bootstrap.worker:loops",
    after_migration="framework_svc.bootstrap.loading:load_shipped",
    commands={"verify-audit": "service_kit.commands.verify_audit:run"},
)
