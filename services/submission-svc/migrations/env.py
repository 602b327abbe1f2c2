"""Alembic's entry: see `service_kit.migrations`."""

from service_kit.migrations import run_environment
from submission_svc.adapters.db.tables import metadata

run_environment(metadata)
