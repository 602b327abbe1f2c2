"""The worker process of a service: its relay and its consumers, a thread each, until a stop signal."""

import signal
import threading
from collections.abc import Sequence
from typing import Protocol

import structlog

from service_kit.health import serve_worker_health

log = structlog.get_logger()


class Loop(Protocol):
    """Something that runs in a thread until told to stop."""

    is_ready: bool

    def run(self, stop: threading.Event) -> None:
        """Run until `stop` is set."""


def run_worker(loops: Sequence[Loop], host: str, port: int) -> None:
    """Run the loops until SIGTERM or SIGINT, with health and metrics on the given port."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    server = serve_worker_health(host, port, lambda: all(loop.is_ready for loop in loops))
    threads = [threading.Thread(target=_run, args=(loop, stop), daemon=True) for loop in loops]
    for thread in threads:
        thread.start()
    log.info("worker_started", loops=len(loops))
    stop.wait()
    for thread in threads:
        thread.join(timeout=5)
    server.shutdown()
    log.info("worker_stopped")


def _run(loop: Loop, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            loop.run(stop)
        except Exception as error:  # a dead loop behind a live process would go unnoticed
            log.error("loop_failed", loop=type(loop).__name__, exc_info=error)
            loop.is_ready = False
            stop.wait(1.0)
