"""What the issuer must be told; the mode has no default, so that nothing starts it by accident."""

from pathlib import Path
from typing import Literal

from pydantic_settings import BaseSettings, SettingsConfigDict


class IssuerSettings(BaseSettings):
    """Read from OPENPMM_...; any other mode than `embedded` is refused."""

    model_config = SettingsConfigDict(env_prefix="OPENPMM_", extra="ignore", frozen=True)

    mode: Literal["embedded"]
    token_issuer: str
    token_audience: str = "openpmm"  # noqa: S105 - the name of an audience, not a secret
    signing_key_file: Path
    register_file: Path
    http_host: str = "127.0.0.1"
    http_port: int
