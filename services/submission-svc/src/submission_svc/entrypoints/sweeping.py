"""Removes files that no evidence names: what a crash between the disk and the database has left over."""

import threading
from collections.abc import Callable, Collection
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from service_kit.clock import Clock
from submission_svc.application.ports.evidence import EvidenceStore

log = structlog.get_logger()
GRACE = timedelta(hours=1)  # longer than any request or transaction takes
EVERY_SECONDS = 600.0


class Sweep:
    """Runs in a thread of the worker until told to stop."""

    def __init__(
        self, store: EvidenceStore, known: Callable[[Collection[UUID]], Collection[UUID]], clock: Clock
    ) -> None:
        self._store, self._known, self._clock = store, known, clock
        self.is_ready = True  # nothing waits for it

    def run(self, stop: threading.Event) -> None:
        """Sweep now and then until `stop`; what fails is tried again the next time."""
        while not stop.is_set():
            try:
                self.sweep()
            except (OSError, SQLAlchemyError) as error:
                log.warning("evidence_sweep_failed", error=type(error).__name__)
            stop.wait(EVERY_SECONDS)

    def sweep(self) -> int:
        """Remove what is left over; how many files went."""
        gone = self._store.sweep(self._known, self._clock() - GRACE)
        if gone:
            log.info("evidence_swept", files=gone)
        return gone
