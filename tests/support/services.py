"""The applications of the four services, built without a database: for contracts only."""

import importlib
from typing import Any

from fastapi import FastAPI

SERVICES = ("framework", "submission", "scoring", "reporting")
ENVIRONMENT: dict[str, Any] = {
    "mode": "embedded",
    "database_url": "postgresql+psycopg://nobody@127.0.0.1:1/none",
    "token_issuer": "https://issuer.test",
    "jwks_url": "https://issuer.test/jwks.json",
}
OWN: dict[str, dict[str, Any]] = {"submission": {"evidence_dir": "/nonexistent"}}


def application(service: str) -> FastAPI:
    """The HTTP application of `framework`, `submission`, `scoring` or `reporting`."""
    bootstrap = importlib.import_module(f"{service}_svc.bootstrap.api")
    settings = importlib.import_module(f"{service}_svc.settings").Settings(**ENVIRONMENT, **OWN.get(service, {}))
    built: FastAPI = bootstrap.application(settings)
    return built
