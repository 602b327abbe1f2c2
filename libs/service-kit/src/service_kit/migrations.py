"""Migrations, run as a step of their own; only that step loads the migration tool."""

from pathlib import Path

import alembic.command
import alembic.op
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData

from service_kit import plumbing_v1


def configuration(folder: Path, url: str) -> Config:
    """Alembic's configuration for a service's migrations folder."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.attributes["url"] = url
    return config


def upgrade(folder: Path, url: str) -> None:
    """Bring the database to the newest revision."""
    alembic.command.upgrade(configuration(folder, url), "head")


def run_environment(metadata: MetaData) -> None:
    """What each service's `migrations/env.py` does: connect with short lock waits and run."""
    context = alembic.context
    engine = sa.create_engine(
        context.config.attributes["url"],
        connect_args={"options": "-c lock_timeout=5000 -c statement_timeout=600000"},
    )
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


def create_plumbing_tables() -> None:
    """The first migration of each service: outbox, inbox, parked messages and idempotency keys, as of the start."""
    for statement in plumbing_v1.STATEMENTS.split(";\n"):
        alembic.op.execute(statement)


def drift(engine: Engine, metadata: MetaData) -> list[object]:
    """Differences between the migrated database and the tables in code; empty when they agree."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))
