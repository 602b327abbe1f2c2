"""What api, worker and check ask before they begin."""

from service_kit.database import build_engine
from service_kit.process import Process
from service_kit.revisions import require_newest
from service_kit.settings import ServiceSettings


def require_newest_revision(process: Process, settings: ServiceSettings) -> None:
    """Refuse to go on with a database of another revision.

    Raises:
        WrongRevisionError: with both revisions.
    """
    engine = build_engine(settings.database_url.get_secret_value(), pool_size=1)
    try:
        require_newest(process.migrations, engine)
    finally:
        engine.dispose()
