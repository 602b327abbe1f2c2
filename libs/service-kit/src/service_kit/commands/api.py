"""`api`: serve HTTP on the internal port."""

from service_kit.commands.ready import require_newest_revision
from service_kit.process import Process
from service_kit.serving import serve
from service_kit.settings import ServiceSettings


def run(process: Process, settings: ServiceSettings) -> int:
    """Serve until a stop signal."""
    require_newest_revision(process, settings)
    serve(process.part("application")(settings), settings.http_host, settings.http_port)
    return 0
