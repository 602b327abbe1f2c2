"""The template gives a configuration that Envoy accepts, for every way of running."""

import datetime
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pydantic import ValidationError

from local_stack.errors import StackError
from local_stack.gateway.component import envoy_binary, local_values
from local_stack.gateway.render import render
from local_stack.gateway.values import GatewayValues
from local_stack.settings import StackSettings

SERVICES = ("framework-svc", "submission-svc", "scoring-svc", "reporting-svc")
PRODUCTION: dict[str, Any] = {
    "listen_port": 8443,
    "admin_port": 9901,
    "token_issuer": "https://id.example/realms/customs",
    "jwks_url": "https://id.example/realms/customs/keys",
    "endpoints": {name: [{"host": name, "port": 8000}, {"host": f"{name}-2", "port": 8000}] for name in SERVICES},
    "trusted_proxies": 1,
    "cors_origins": ["https://portal.example"],
}


def validate(configuration: str, folder: Path) -> None:
    path = folder / "envoy.yaml"
    path.write_text(configuration, encoding="utf-8")
    command = [str(envoy_binary()), "--mode", "validate", "-c", str(path), "--log-level", "critical"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def self_signed(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "gateway.example")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    certificate_file, key_file = folder / "tls.crt", folder / "tls.key"
    certificate_file.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate_file, key_file


def test_envoy_accepts_the_local_configuration(tmp_path: Path) -> None:
    validate(render(local_values(StackSettings())), tmp_path)


def test_envoy_accepts_a_production_configuration_with_tls(tmp_path: Path) -> None:
    certificate_file, key_file = self_signed(tmp_path)
    tls = {"tls_certificate_file": certificate_file, "tls_key_file": key_file, "jwks_ca_file": certificate_file}
    configuration = render(GatewayValues.model_validate({**PRODUCTION, **tls}))
    validate(configuration, tmp_path)
    assert "strict-transport-security" in configuration


def test_production_has_no_route_to_the_local_issuer() -> None:
    configuration = render(GatewayValues.model_validate(PRODUCTION))
    assert "/auth" not in configuration


def test_local_listeners_are_on_loopback_only() -> None:
    document = yaml.safe_load(render(local_values(StackSettings())))
    addresses = [document["admin"]["address"], *(row["address"] for row in document["static_resources"]["listeners"])]
    assert {address["socket_address"]["address"] for address in addresses} == {"127.0.0.1"}


def test_names_the_services_that_have_no_endpoint() -> None:
    endpoints = {name: rows for name, rows in PRODUCTION["endpoints"].items() if name != "scoring-svc"}
    with pytest.raises(StackError, match=r"no endpoints for: scoring-svc"):
        render(GatewayValues.model_validate({**PRODUCTION, "endpoints": endpoints}))


def test_refuses_a_certificate_without_its_key() -> None:
    with pytest.raises(ValidationError, match="belong together"):
        GatewayValues.model_validate({**PRODUCTION, "tls_certificate_file": "tls.crt"})


def test_refuses_values_that_it_does_not_know() -> None:
    with pytest.raises(ValidationError, match="rate_limit"):
        GatewayValues.model_validate({**PRODUCTION, "rate_limit": 5})
