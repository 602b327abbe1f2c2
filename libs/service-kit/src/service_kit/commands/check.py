"""`check`: whether the database is there, at the right revision and without drift."""

import structlog

from service_kit import migrations
from service_kit.commands.ready import require_newest_revision
from service_kit.database import build_engine
from service_kit.process import Process
from service_kit.settings import ServiceSettings

log = structlog.get_logger()


def run(process: Process, settings: ServiceSettings) -> int:
    """1 when the tables differ from those of the code."""
    require_newest_revision(process, settings)
    engine = build_engine(settings.database_url.get_secret_value(), pool_size=1)
    found = migrations.drift(engine, process.part("metadata"))
    engine.dispose()
    if found:
        log.error("schema_drift", differences=[str(difference) for difference in found])
    return 1 if found else 0
