"""The days as they come: registers say something else on some of them, and the others are told then."""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from framework_svc.application.commands.tell_registers import tell_registers
from framework_svc.application.ports import UnitOfWork
from service_kit.clock import Clock

log = structlog.get_logger()
PAUSE_SECONDS = 60.0


class Days:
    """Runs in a thread of the worker until told to stop; looks once a minute whether a day has come."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock, pause_seconds: float = PAUSE_SECONDS):
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._pause_seconds = pause_seconds
        self.is_ready = False

    def run(self, stop: threading.Event) -> None:
        """Look until `stop`; a database that is away is asked again."""
        while not stop.is_set():
            try:
                if told := tell_registers(self._unit_of_work(), self._clock):
                    log.info("registers_told", registers=told)
                self.is_ready = True
            except SQLAlchemyError as error:
                self.is_ready = False
                log.warning("registers_not_told", error=type(error).__name__)
            stop.wait(self._pause_seconds if self.is_ready else 1.0)
