"""Alembic's entry: see `service_kit.migrations`."""

from reporting_svc.adapters.db.tables import metadata
from service_kit.migrations import run_environment

run_environment(metadata)
