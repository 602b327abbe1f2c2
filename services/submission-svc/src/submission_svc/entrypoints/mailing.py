"""The loops of the worker that write reminders and send mails."""

import threading
from collections.abc import Callable

import structlog

from service_kit.clock import Clock
from submission_svc.application.commands.remind_of_deadlines import remind_of_deadlines
from submission_svc.application.commands.send_mails import Mailing, send_mails
from submission_svc.application.ports.mail import PostOfficeAwayError
from submission_svc.application.ports.work import UnitOfWork

log = structlog.get_logger()
REMIND_SECONDS = 3_600.0  # more often than the day asks for: a worker that was away catches up
LOOK_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 300.0


class Reminders:
    """Writes the reminders of the day; writing them again changes nothing, so several workers may do it."""

    def __init__(
        self, unit_of_work: Callable[[], UnitOfWork], clock: Clock, every_seconds: float = REMIND_SECONDS
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._every = every_seconds
        self.is_ready = True

    def run(self, stop: threading.Event) -> None:
        """Write them until `stop`."""
        while not stop.is_set():
            written = remind_of_deadlines(self._unit_of_work(), self._clock)
            self.is_ready = True
            if written:
                log.info("reminders_written", mails=written)
            stop.wait(self._every)


class Postman:
    """Sends what waits; while the mail server is away it asks ever more seldom. No worker is unready for it."""

    def __init__(self, mailing: Mailing, look_seconds: float = LOOK_SECONDS) -> None:
        self._mailing = mailing
        self._look = look_seconds
        self.is_ready = True

    def run(self, stop: threading.Event) -> None:
        """Send until `stop`."""
        wait = self._look
        while not stop.is_set():
            wait = self._round(wait)
            self.is_ready = True
            stop.wait(wait)

    def _round(self, wait: float) -> float:
        """Send what is due; how long to wait then."""
        try:
            tried = send_mails(self._mailing)
        except PostOfficeAwayError as error:
            longer = min(wait * 2, LONGEST_WAIT_SECONDS)
            log.warning("mail_server_away", reason=str(error), next_try_seconds=longer)
            return longer
        if tried:
            log.info("mails_tried", mails=tried)
        return self._look
