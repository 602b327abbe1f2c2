"""Settings of the broker are refused at once, in words, when they cannot work."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from service_kit.settings import KafkaSettings


def test_credentials_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    authority = tmp_path / "authority.pem"
    authority.touch()
    environment = {
        "BOOTSTRAP": "a:9092,b:9092",
        "SECURITY_PROTOCOL": "SASL_SSL",
        "SASL_MECHANISM": "SCRAM-SHA-512",
        "SASL_USERNAME": "openpmm",
        "SASL_PASSWORD": "secret of a test",
        "CA_FILE": str(authority),
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"OPENPMM_KAFKA_{name}", value)
    settings = KafkaSettings()
    assert settings.ca_file == authority
    assert "secret of a test" not in repr(settings)


def test_refuses_sasl_without_credentials() -> None:
    with pytest.raises(ValidationError, match="needs OPENPMM_KAFKA_SASL_MECHANISM"):
        KafkaSettings(bootstrap="a:9092", security_protocol="SASL_SSL", sasl_username="openpmm")


def test_refuses_a_certificate_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="does not point to a file"):
        KafkaSettings(bootstrap="a:9092", security_protocol="SSL", ca_file=tmp_path / "absent.pem")
