"""`worker`: run the relay and the consumers."""

from service_kit.commands.ready import require_newest_revision
from service_kit.process import Process
from service_kit.settings import ServiceSettings
from service_kit.worker import run_worker


def run(process: Process, settings: ServiceSettings) -> int:
    """Run until a stop signal."""
    require_newest_revision(process, settings)
    run_worker(process.part("loops")(settings), settings.http_host, settings.worker_port)
    return 0
