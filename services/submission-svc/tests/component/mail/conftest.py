"""A mail server on this machine that takes, refuses, delays or is away, as a test wants it; and Kenya's contacts."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from submission_svc.adapters.db.tables import metadata
from submission_svc.adapters.db.unit_of_work import SqlUnitOfWork
from submission_svc.adapters.smtp import SmtpPostOffice, SmtpServer
from submission_svc.application.commands.remind_of_deadlines import remind_of_deadlines
from submission_svc.application.commands.send_mails import Mailing, send_mails
from submission_svc.settings import NAME
from tests.kafka.certificates import Certificates, make_certificates

AMINA = {"email": "amina@customs.example", "name": "Amina Juma", "language": "en"}
BRUNO = {"email": "bruno@customs.example", "name": "Bruno Njoroge", "language": "fr"}
PASSWORD = b"se/cret"


@dataclass
class Box:
    """What arrived, and what the server answers: `answers` by address, `delay_seconds` before it takes a mail."""

    port: int
    arrived: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    answer_to_data: str | None = None
    delay_seconds: float = 0.0

    async def handle_RCPT(self, _: Any, __: Any, envelope: Envelope, address: str, ___: Any) -> str:
        """Take or refuse an address."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, session: Any, envelope: Envelope) -> str:
        """Take or refuse a mail."""
        if self.delay_seconds:
            await asyncio.sleep(self.delay_seconds)
        if self.answer_to_data is not None:
            return self.answer_to_data
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=default)
        assert isinstance(message, EmailMessage)
        self.arrived.append(message)
        self.recipients += envelope.rcpt_tos
        self.secured.append(session.ssl is not None)
        return "250 taken"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority, and a certificate of it for this machine."""
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def start_server() -> Iterator[Callable[..., Box]]:
    """Starts mail servers; options go to aiosmtpd."""
    with ExitStack() as running:

        def start(port: int | None = None, **options: Any) -> Box:
            box = Box(port or free_port())
            controller = Controller(box, hostname="127.0.0.1", port=box.port, **options)
            controller.start()
            running.callback(controller.stop)
            return box

        yield start


@pytest.fixture
def server_tls(certificates: Certificates) -> ssl.SSLContext:
    """What a server shows."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates.server)
    return context


@pytest.fixture
def with_password() -> dict[str, Any]:
    """Options of a server that knows one user."""

    def authenticate(_: Any, __: Any, ___: Any, ____: str, data: Any) -> AuthResult:
        is_known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"pmm", PASSWORD)
        return AuthResult(success=is_known, handled=False)

    return {"authenticator": authenticate, "auth_require_tls": True}


@pytest.fixture
def office() -> Callable[..., SmtpPostOffice]:
    """Makes post offices at an address, with short patience."""

    def make(url: str, authorities: Path | None = None, patience_seconds: float = 0.5) -> SmtpPostOffice:
        return SmtpPostOffice(SmtpServer.of(url), "pmm@wco.example", authorities, patience_seconds)

    return make


class Post:
    """Mails of the service, as a worker writes and sends them and as the database shows them."""

    def __init__(self, service: Any, make_office: Callable[..., SmtpPostOffice]) -> None:
        self.service = service
        self._make_office = make_office

    def unit_of_work(self) -> SqlUnitOfWork:
        """A transaction."""
        return SqlUnitOfWork(self.service.engine, metadata, NAME, self.service.clock)

    def mailing(self, port: int) -> Mailing:
        """What sends to a server."""
        office = self._make_office(f"smtp://127.0.0.1:{port}")
        return Mailing(self.unit_of_work, office, self.service.clock, "https://pmm.example")

    def send(self, port: int) -> int:
        """Send what is due a second later: a step that follows another at once is dated a little after it."""
        self.service.clock.now += timedelta(seconds=1)
        return send_mails(self.mailing(port))

    def remind(self) -> int:
        """Write the reminders of the day."""
        return remind_of_deadlines(self.unit_of_work(), self.service.clock)

    def kept(self, columns: str = "email, attempts, sent_at is not null, parked_at is not null") -> list[Any]:
        """The mails in the database."""
        rows = self.service.rows(f"select {columns} from mail order by id")  # noqa: S608 - columns from the tests
        return [tuple(row) for row in rows]

    def set_contacts(self, *contacts: dict[str, str], member: str = "KEN") -> None:
        """Make these the contacts."""
        path = f"/c-2024/contacts/{member}"
        answer = self.service.call("PUT", path, "secretariat", json={"contacts": list(contacts)})
        assert answer.status_code == 200


@pytest.fixture
def post(service: Any, office: Callable[..., SmtpPostOffice]) -> Post:
    """Mails to Amina, who reads English."""
    made = Post(service, office)
    made.set_contacts(AMINA)
    return made


@pytest.fixture
def accepted(post: Post, make: Any) -> Post:
    """Kenya's submission has been accepted."""
    post.service.push(make.figure("HOURS", 7531))
    for step, person in (("submit", "contact-ken"), ("accept", "secretariat")):
        answer = post.service.move(step, person)
        assert answer.status_code == 200, answer.text
    return post
