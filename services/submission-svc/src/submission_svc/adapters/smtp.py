"""Hands mails to an SMTP server: in TLS from the start (smtps), or after STARTTLS where the server offers it (smtp)."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from pathlib import Path
from urllib.parse import unquote, urlsplit

from submission_svc.application.ports.mail import AddressRefusedError, NotTakenError, PostOfficeAwayError
from submission_svc.domain.mail import Letter

PERMANENT = 500
LONGEST_REASON = 300
ENCODED_WORD = "=?"  # how one begins
PORTS = {"smtp": 587, "smtps": 465}
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class SmtpServer:
    """Where the server is, and how to sign in; `smtps` speaks TLS from the start."""

    scheme: str
    host: str
    port: int
    user: str | None
    password: str | None = field(repr=False)

    @classmethod
    def of(cls, url: str) -> "SmtpServer":
        """Read smtp://user:password@host:port or smtps://...; reserved characters are written as %xx.

        Raises:
            ValueError: another scheme, no host, or a port that is none. The text never repeats the password.
        """
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("is smtp://user:password@host:port or smtps://user:password@host:port")
        try:
            port = parts.port or PORTS[parts.scheme]
        except ValueError:
            raise ValueError("has a port that is no number from 1 to 65535") from None
        user, password = parts.username, parts.password
        return cls(parts.scheme, parts.hostname, port, user and unquote(user), password and unquote(password))


class SmtpPostOffice:
    """The mail server; certificates are checked against the system's authorities, or those of a file."""

    def __init__(
        self, server: SmtpServer, sender: str, authorities: Path | None, timeout_seconds: float = 10.0
    ) -> None:
        self._server = server
        self._sender = sender
        self._authorities = authorities
        self._timeout = timeout_seconds

    @contextmanager
    def session(self) -> Iterator["SmtpSession"]:
        """Connect and sign in; a password never goes over a line that others can read.

        Raises:
            PostOfficeAwayError: on entering, when that is not possible.
        """
        try:
            connection = self._connect()
        except OSError as error:  # what smtplib raises is one too
            raise PostOfficeAwayError(_reason(error)) from error
        try:
            yield SmtpSession(connection, self._sender)
        finally:
            with suppress(OSError):
                connection.quit()
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context(cafile=self._authorities)
        host, port, name = self._server.host, self._server.port, socket.gethostname()
        connection = (
            smtplib.SMTP_SSL(host, port, name, timeout=self._timeout, context=context)
            if self._server.scheme == "smtps"
            else smtplib.SMTP(host, port, name, timeout=self._timeout)
        )
        try:
            self._secure(connection, context)
        except OSError:
            connection.close()
            raise
        return connection

    def _secure(self, connection: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server = self._server
        connection.ehlo_or_helo_if_needed()
        is_secret = server.scheme == "smtps" or server.host in LOOPBACK
        if server.scheme == "smtp" and connection.has_extn("starttls"):
            connection.starttls(context=context)
            is_secret = True
        if server.user is None:
            return
        if not is_secret:
            raise smtplib.SMTPNotSupportedError("The server offers no STARTTLS; the password was not sent.")
        connection.login(server.user, server.password or "")


class SmtpSession:
    """A connection to the mail server."""

    def __init__(self, connection: smtplib.SMTP, sender: str) -> None:
        self._connection = connection
        self._sender = sender

    def send(self, letter: Letter) -> None:
        """Hand a letter over.

        Raises:
            NotTakenError: it may be tried again.
            AddressRefusedError: that is of no use.
        """
        try:
            self._connection.send_message(_written(letter, self._sender), self._sender, [letter.email])
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = error.recipients[letter.email]
            reason = _of_server(code, answer)
            raise AddressRefusedError(reason) if code >= PERMANENT else NotTakenError(reason) from error
        except smtplib.SMTPResponseException as error:
            raise NotTakenError(_reason(error), is_session_lost=self._connection.sock is None) from error
        except OSError as error:
            raise NotTakenError(_reason(error), is_session_lost=True) from error


def _written(letter: Letter, sender: str) -> EmailMessage:
    """The mail; what cannot be written today cannot be written tomorrow, and must not hold up all others."""
    try:
        return message(letter, sender)
    except (ValueError, LookupError) as error:
        raise AddressRefusedError(f"It cannot be written as a mail: {type(error).__name__}.") from error


def message(letter: Letter, sender: str) -> EmailMessage:
    """The mail as it goes over the line. Its headers take no line breaks, as they are or encoded.

    Raises:
        ValueError: the address holds an encoded word.
    """
    if ENCODED_WORD in letter.email:
        raise ValueError("An address is written as it is.")
    made = EmailMessage(policy=SMTP)
    user, _, domain = letter.email.rpartition("@")
    made["From"] = Address("OpenPMM", *sender.rsplit("@", 1))
    made["To"] = Address(_undecodable(letter.name), user, domain)
    made["Subject"] = _undecodable(letter.subject)
    made["Date"] = formatdate()
    made["Message-ID"] = f"<openpmm-mail-{letter.id}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.body)
    made["Content-Language"] = letter.language  # last: setting the content takes headers about it out
    return made


def _undecodable(text: str) -> str:
    """The text as it is read: the library would decode an encoded word (RFC 2047), line breaks and all."""
    return text.replace(ENCODED_WORD, "= ?")


def _reason(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _of_server(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"[:LONGEST_REASON]


def _of_server(code: int, answer: bytes | str) -> str:
    """What the server said, on one line of plain characters."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(f"{code} {text}".split()).encode("ascii", "replace").decode()[:LONGEST_REASON]
