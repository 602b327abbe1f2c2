"""`retry-parked`: hand parked messages to their consumers again."""

import structlog

from service_kit.consumer import Consumer
from service_kit.process import Process
from service_kit.settings import ServiceSettings

log = structlog.get_logger()


def run(process: Process, settings: ServiceSettings) -> int:
    """1 when some of them failed again."""
    results = [loop.retry_parked() for loop in process.part("loops")(settings) if isinstance(loop, Consumer)]
    done, failed = sum(result[0] for result in results), sum(result[1] for result in results)
    log.info("parked_retried", took_effect=done, failed=failed)
    return 1 if failed else 0
