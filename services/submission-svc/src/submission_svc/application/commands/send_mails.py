"""Send mails: hand over to the mail server what waits, each mail in transactions of its own.

A mail is taken before it is sent and noted after it. Who dies in between has it sent twice, under the same message id.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from service_kit.clock import Clock
from submission_svc.application.ports.mail import (
    AddressRefusedError,
    NotTakenError,
    PostOffice,
    PostOfficeAwayError,
    Session,
)
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.mail import Mail
from submission_svc.domain.mail_words import letter

MOST_AT_ONCE = 100
log = structlog.get_logger()


@dataclass(frozen=True)
class Mailing:
    """What sending is done with; `public_url` is what the links in mails begin with."""

    unit_of_work: Callable[[], UnitOfWork]
    office: PostOffice
    clock: Clock
    public_url: str | None


def send_mails(mailing: Mailing) -> int:
    """Send what is due, at most a hundred; how many were tried.

    Raises:
        PostOfficeAwayError: the mail server is away; the mails wait, and nothing is held against them.
    """
    with mailing.unit_of_work() as uow:
        now = mailing.clock()
        uow.mails.give_up(now)
        is_any_due = uow.mails.is_any_due(now)
        uow.commit()
    if not is_any_due:
        return 0
    with mailing.office.session() as session:
        for number in range(MOST_AT_ONCE):
            mail = _take(mailing)
            if mail is None:
                return number
            _send(mailing, session, mail)
    return MOST_AT_ONCE


def _take(mailing: Mailing) -> Mail | None:
    with mailing.unit_of_work() as uow:
        mail = uow.mails.take(mailing.clock())
        uow.commit()
    return mail


def _send(mailing: Mailing, session: Session, mail: Mail) -> None:
    try:
        session.send(letter(mail, mailing.public_url))
    except AddressRefusedError as error:
        _note_failure(mailing, mail, error, is_given_up=True)
    except NotTakenError as error:
        _note_failure(mailing, mail, error, is_given_up=mail.is_last_attempt)
        if error.is_session_lost:
            raise PostOfficeAwayError(str(error)) from error
    else:
        with mailing.unit_of_work() as uow:
            uow.mails.note_sent(mail.id, mailing.clock())
            uow.commit()


def _note_failure(mailing: Mailing, mail: Mail, error: Exception, *, is_given_up: bool) -> None:
    log.warning("mail_not_sent", mail=mail.id, attempts=mail.attempts, is_given_up=is_given_up)
    with mailing.unit_of_work() as uow:
        uow.mails.note_failure(mail.id, str(error), mailing.clock() if is_given_up else None)
        uow.commit()
