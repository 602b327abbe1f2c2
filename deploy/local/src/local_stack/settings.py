"""What an operator can set about the local stack; everything has a working default."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[4]
SERVICES = ("framework", "submission", "scoring", "reporting")
_SERVICE_MODULES = {name: f"{name}_svc" for name in SERVICES}
_REGISTER = "services/framework-svc/src/framework_svc/data/wco-members.csv"

Port = Annotated[int, Field(ge=1, le=65535)]


class StackSettings(BaseSettings):
    """Read from environment variables that start with OPENPMM_."""

    model_config = SettingsConfigDict(env_prefix="OPENPMM_", extra="ignore", frozen=True)

    port: Port = 8080
    gateway_host: str = "127.0.0.1"
    internal_port_base: Annotated[int, Field(ge=1, le=65500)] = 18080
    data_dir: Path = REPOSITORY / "var"
    log_level: str = "info"
    rate_limit_per_second: Annotated[int, Field(ge=1)] = 100
    demo: bool = True
    external_postgres_url: SecretStr | None = None
    kafka_bootstrap: str | None = None
    token_audience: str = "openpmm"  # noqa: S105 - the name of an audience, not a secret
    register_file: Path = REPOSITORY / _REGISTER
    service_modules: dict[str, str] = _SERVICE_MODULES
    start_seconds: Annotated[float, Field(gt=0)] = 90.0

    @field_validator("data_dir", "register_file")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().resolve()

    @field_validator("log_level")
    @classmethod
    def _lower_case(cls, level: str) -> str:
        return level.lower()

    @property
    def url(self) -> str:
        """The public address: the gateway."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def token_issuer(self) -> str:
        """The `iss` claim; the discovery document lies under it."""
        return f"{self.url}/auth"

    @property
    def jwks_url(self) -> str:
        """Where services and gateway read the issuer's public keys, without a way through the gateway."""
        return f"http://127.0.0.1:{self.issuer_port}/auth/.well-known/jwks.json"

    @property
    def admin_port(self) -> int:
        """Envoy's administration interface."""
        return self.internal_port_base

    @property
    def postgres_port(self) -> int:
        return self.internal_port_base + 1

    @property
    def broker_port(self) -> int:
        return self.internal_port_base + 2

    @property
    def issuer_port(self) -> int:
        return self.internal_port_base + 3

    @property
    def bootstrap(self) -> str:
        """Kafka bootstrap addresses: the external cluster's when given, else our own broker's."""
        return self.kafka_bootstrap or f"127.0.0.1:{self.broker_port}"

    def api_port(self, service: str) -> int:
        return self.internal_port_base + 11 + SERVICES.index(service)

    def worker_port(self, service: str) -> int:
        return self.internal_port_base + 21 + SERVICES.index(service)


def port_table(settings: StackSettings) -> list[tuple[int, str, str]]:
    """Every port that the stack will listen on: (port, component, the setting that moves it)."""
    base = "OPENPMM_INTERNAL_PORT_BASE"
    table = [(settings.port, "gateway", "OPENPMM_PORT"), (settings.admin_port, "gateway administration", base)]
    if settings.external_postgres_url is None:
        table.append((settings.postgres_port, "postgres", base))
    if settings.kafka_bootstrap is None:
        table.append((settings.broker_port, "broker", base))
    table.append((settings.issuer_port, "issuer", base))
    for service in SERVICES:
        table.append((settings.api_port(service), f"{service}-api", base))
        table.append((settings.worker_port(service), f"{service}-worker", base))
    return table
