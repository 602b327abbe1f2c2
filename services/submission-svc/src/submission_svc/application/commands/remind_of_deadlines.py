"""Remind of deadlines: mails to all who have not submitted, some days before their last day."""

from service_kit.clock import Clock
from submission_svc.application.ports.work import UnitOfWork


def remind_of_deadlines(uow: UnitOfWork, clock: Clock) -> int:
    """Write what is to be written today; again on the same day, it writes nothing. Says how many mails it wrote."""
    now = clock()
    with uow:
        written = uow.mails.add_reminders(now.date(), now)
        uow.commit()
    return written
