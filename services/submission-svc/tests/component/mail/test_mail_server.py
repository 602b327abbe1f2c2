"""Talking to mail servers: TLS from the start, STARTTLS, passwords that never go out in clear, wrong addresses."""

import smtplib
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from submission_svc.adapters.smtp import SmtpServer
from submission_svc.application.ports.mail import PostOfficeAwayError
from submission_svc.bootstrap.mailing import smtp_server
from submission_svc.domain.mail import Letter
from submission_svc.settings import Settings

LETTER = Letter(1, "amina@customs.example", "Amina", "en", "Subject – é", "Line one\n.\nLine thrèe\n")
USER = "pmm:se%2Fcret@"


def test_a_mail_arrives_as_it_was_written(start_server: Any, office: Any) -> None:
    box = start_server()
    with office(f"smtp://127.0.0.1:{box.port}").session() as session:
        session.send(LETTER)
    (mail,) = box.arrived
    assert (mail["Subject"], mail.get_content()) == ("Subject – é", "Line one\n.\nLine thrèe\n")
    assert box.secured == [False]


def test_starttls_is_used_where_the_server_offers_it(
    start_server: Any, office: Any, server_tls: Any, certificates: Any, with_password: Any
) -> None:
    box = start_server(tls_context=server_tls, require_starttls=True, **with_password)
    with office(f"smtp://{USER}127.0.0.1:{box.port}", certificates.authority).session() as session:
        session.send(LETTER)
    assert box.secured == [True]


def test_smtps_is_tls_from_the_start(start_server: Any, office: Any, server_tls: Any, certificates: Any) -> None:
    box = start_server(ssl_context=server_tls)
    with office(f"smtps://127.0.0.1:{box.port}", certificates.authority).session() as session:
        session.send(LETTER)
    assert len(box.arrived) == 1


def test_a_certificate_of_nobody_we_trust_is_refused(start_server: Any, office: Any, server_tls: Any) -> None:
    box = start_server(tls_context=server_tls)
    with (
        pytest.raises(PostOfficeAwayError, match="CERTIFICATE_VERIFY_FAILED"),
        office(f"smtp://127.0.0.1:{box.port}").session(),
    ):
        pass
    assert box.arrived == []


def test_a_wrong_password_is_no_fault_of_the_mails(
    start_server: Any, office: Any, server_tls: Any, certificates: Any, with_password: Any
) -> None:
    box = start_server(tls_context=server_tls, **with_password)
    with (
        pytest.raises(PostOfficeAwayError, match="535") as caught,
        office(f"smtp://pmm:wrong@127.0.0.1:{box.port}", certificates.authority).session(),
    ):
        pass
    assert "wrong" not in str(caught.value)


def test_a_password_never_goes_over_an_open_line(
    start_server: Any, office: Any, with_password: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("submission_svc.adapters.smtp.LOOPBACK", ())
    sent: list[Any] = []
    monkeypatch.setattr(smtplib.SMTP, "login", lambda *arguments, **_: sent.append(arguments))
    box = start_server(**{**with_password, "auth_require_tls": False})
    with (
        pytest.raises(PostOfficeAwayError, match="offers no STARTTLS; the password was not sent"),
        office(f"smtp://{USER}127.0.0.1:{box.port}").session(),
    ):
        pass
    assert sent == []


def test_a_host_without_an_address_is_a_server_that_is_away(office: Any) -> None:
    with pytest.raises(PostOfficeAwayError, match="gaierror"), office("smtp://nowhere.invalid").session():
        pass


def test_an_address_of_a_server_is_read_with_its_usual_port() -> None:
    server = SmtpServer.of("smtps://a%40b:p%2Fw@mail.example")
    assert (server.user, server.password, server.host, server.port) == ("a@b", "p/w", "mail.example", 465)
    assert SmtpServer.of("smtp://mail.example").port == 587
    assert "p/w" not in repr(server)


@pytest.mark.parametrize("url", ["http://u:secret@mail", "smtp://", "mail.example", "smtp://u:secret@mail:99999"])
def test_a_wrong_address_of_a_server_is_named_by_its_setting_without_the_password(url: str) -> None:
    with pytest.raises(ValueError, match=r"^OPENPMM_SMTP_URL (is smtp|has a port)") as caught:
        smtp_server(SecretStr(url))
    assert "secret" not in str(caught.value)


def test_a_mail_server_needs_a_sender(tmp_path: Any) -> None:
    needed = {"database_url": "x", "token_issuer": "x", "jwks_url": "x", "evidence_dir": tmp_path}
    with pytest.raises(ValidationError, match="OPENPMM_SMTP_URL needs OPENPMM_MAIL_FROM"):
        Settings(**needed, smtp_url="smtp://mail.example")
    with pytest.raises(ValidationError, match="mail_from"):
        Settings(**needed, smtp_url="smtp://mail.example", mail_from="a@b\r\nBcc: c@d")
