"""`migrate`: bring the database to the newest revision, and load what ships."""

import structlog

from service_kit import migrations
from service_kit.process import Process
from service_kit.settings import ServiceSettings

log = structlog.get_logger()


def run(process: Process, settings: ServiceSettings) -> int:
    """Migrate; running it again changes nothing."""
    migrations.upgrade(process.migrations, settings.database_url.get_secret_value())
    if process.after_migration is not None:
        process.part("after_migration")(settings)
    log.info("migrated")
    return 0
