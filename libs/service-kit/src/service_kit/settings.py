"""Settings every service has, read from the environment (`OPENPMM_...`). No secret has a default."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, FilePath, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class KafkaSettings(BaseSettings):
    """How to reach the broker; the embedded one and a cluster differ in addresses, credentials and waiting times.

    `fetch_max_wait_ms` is how long the broker holds a question for messages while there are none.
    """

    model_config = SettingsConfigDict(env_prefix="OPENPMM_KAFKA_")

    bootstrap: str
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] | None = None
    sasl_username: str | None = None
    sasl_password: SecretStr | None = None
    ca_file: FilePath | None = None
    session_timeout_ms: int = 10_000
    fetch_max_wait_ms: Annotated[int, Field(gt=0)] = 500
    replication_factor: int = 1

    @model_validator(mode="after")
    def _can_sign_in(self) -> Self:
        given = (self.sasl_mechanism, self.sasl_username, self.sasl_password)
        if self.security_protocol.startswith("SASL_") and None in given:
            raise ValueError(
                f"OPENPMM_KAFKA_SECURITY_PROTOCOL={self.security_protocol} needs OPENPMM_KAFKA_SASL_MECHANISM,"
                " OPENPMM_KAFKA_SASL_USERNAME and OPENPMM_KAFKA_SASL_PASSWORD"
            )
        return self


class ServiceSettings(BaseSettings):
    """What a service must be told; a missing setting stops the start with its name."""

    model_config = SettingsConfigDict(env_prefix="OPENPMM_")

    mode: Literal["embedded", "production"] = "production"
    database_url: SecretStr
    token_issuer: str
    token_audience: str = "openpmm"  # noqa: S105 - a name, not a secret
    jwks_url: str
    http_host: str = "127.0.0.1"
    http_port: int = 8000
    worker_port: int = 8001
    log_level: str = "info"
    max_body_bytes: int = 33_554_432
    audit_key_file: Path | None = None

    def plain_dsn(self) -> str:
        """The database address for psycopg itself, without SQLAlchemy's driver name."""
        return self.database_url.get_secret_value().replace("postgresql+psycopg://", "postgresql://", 1)
