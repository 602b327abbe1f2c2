"""What differs between the ways of running the gateway; the template holds all that does not."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from local_stack.gateway.table import Model


class Endpoint(Model):
    """Where one process of a service listens."""

    host: str
    port: int


class GatewayValues(Model):
    """Addresses, limits and the issuer; an issuer among the endpoints adds the /auth routes (embedded mode)."""

    listen_host: str = "0.0.0.0"
    listen_port: int
    admin_host: str = "127.0.0.1"
    admin_port: int
    token_issuer: str
    token_audience: str = "openpmm"  # noqa: S105 - the name of an audience, not a secret
    jwks_url: str
    jwks_ca_file: Path = Path("/etc/ssl/certs/ca-certificates.crt")
    clock_skew_seconds: Annotated[int, Field(ge=1)] = 30
    endpoints: dict[str, list[Endpoint]]
    rate_limit_per_second: Annotated[int, Field(ge=1)] = 100
    max_body_bytes: int = 32 * 1024 * 1024
    timeout_seconds: int = 15
    trusted_proxies: Annotated[int, Field(ge=0)] = 0
    cors_origins: tuple[str, ...] = ()
    tls_certificate_file: Path | None = None
    tls_key_file: Path | None = None

    @model_validator(mode="after")
    def _certificate_with_key(self) -> Self:
        if (self.tls_certificate_file is None) != (self.tls_key_file is None):
            raise ValueError("tls_certificate_file and tls_key_file belong together")
        return self
