"""Builds the loops that write reminders and send mails."""

import structlog
from pydantic import SecretStr
from sqlalchemy import Engine

from service_kit.clock import utc_now
from service_kit.worker import Loop
from submission_svc.adapters.db.tables import metadata
from submission_svc.adapters.db.unit_of_work import SqlUnitOfWork
from submission_svc.adapters.smtp import SmtpPostOffice, SmtpServer
from submission_svc.application.commands.send_mails import Mailing
from submission_svc.entrypoints.mailing import Postman, Reminders
from submission_svc.settings import NAME, Settings

log = structlog.get_logger()


def mailing_loops(settings: Settings, engine: Engine) -> list[Loop]:
    """The reminders, and what sends mails; without a mail server all mails wait, which is said once."""

    def unit_of_work() -> SqlUnitOfWork:
        return SqlUnitOfWork(engine, metadata, NAME, utc_now)

    reminders = Reminders(unit_of_work, utc_now)
    if settings.smtp_url is None or settings.mail_from is None:
        log.warning("mail_off", setting="OPENPMM_SMTP_URL")
        return [reminders]
    office = SmtpPostOffice(smtp_server(settings.smtp_url), settings.mail_from, settings.smtp_ca_file)
    return [reminders, Postman(Mailing(unit_of_work, office, utc_now, settings.public_url))]


def smtp_server(url: SecretStr) -> SmtpServer:
    """The mail server of the setting.

    Raises:
        ValueError: with the name of the setting, and never with what it says.
    """
    try:
        return SmtpServer.of(url.get_secret_value())
    except ValueError as error:
        raise ValueError(f"OPENPMM_SMTP_URL {error}") from None
