"""`replay`: send all events again, on an operator's word; consumers ignore what they had."""

import structlog
from sqlalchemy import text

from service_kit.database import build_engine
from service_kit.process import Process
from service_kit.settings import ServiceSettings

log = structlog.get_logger()


def run(_: Process, settings: ServiceSettings) -> int:
    """Mark all events as unpublished and wake the relay."""
    engine = build_engine(settings.database_url.get_secret_value(), pool_size=1)
    with engine.begin() as connection:
        rows = connection.execute(text("update outbox set published_at = null")).rowcount
        connection.execute(text("select pg_notify('outbox', '')"))
    engine.dispose()
    log.info("replay_asked", events=rows)
    return 0
