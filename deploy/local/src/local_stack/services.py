"""Issuer, APIs and workers as components of the local stack, and the environment each is configured by."""

import os
import sys

from local_stack.component import Command, Component
from local_stack.folders import SEALED, Folders
from local_stack.settings import SERVICES, StackSettings

Environment = dict[str, str]


def common_environment(settings: StackSettings) -> Environment:
    """What every process of ours is told."""
    return {
        "OPENPMM_MODE": "embedded",
        "OPENPMM_TOKEN_ISSUER": settings.token_issuer,
        "OPENPMM_TOKEN_AUDIENCE": settings.token_audience,
        "OPENPMM_JWKS_URL": settings.jwks_url,
        "OPENPMM_LOG_LEVEL": settings.log_level,
        "PYTHONUNBUFFERED": "1",
    }


def service_environment(settings: StackSettings, service: str, database_url: str) -> Environment:
    """What one service is told; the same for its API, its worker and its migrations."""
    environment = {
        **common_environment(settings),
        "OPENPMM_DATABASE_URL": database_url,
        "OPENPMM_KAFKA_BOOTSTRAP": settings.bootstrap,
        "OPENPMM_HTTP_HOST": "127.0.0.1",
        "OPENPMM_HTTP_PORT": str(settings.api_port(service)),
        "OPENPMM_WORKER_PORT": str(settings.worker_port(service)),
    }
    if settings.kafka_bootstrap is None:
        # The broker lets a group wait half the session timeout before its first assignment.
        environment["OPENPMM_KAFKA_SESSION_TIMEOUT_MS"] = os.environ.get("OPENPMM_KAFKA_SESSION_TIMEOUT_MS", "3000")
        # A cluster answers as soon as there is a message; this broker looks again after half of the wait.
        environment["OPENPMM_KAFKA_FETCH_MAX_WAIT_MS"] = os.environ.get("OPENPMM_KAFKA_FETCH_MAX_WAIT_MS", "100")
    return environment | _own_environment(settings, service)


def _own_environment(settings: StackSettings, service: str) -> Environment:
    """What only this service is told: where its files lie, what links begin with, which other service it asks."""
    folders = Folders(settings.data_dir)
    if service == "reporting":
        return {"OPENPMM_SUBMISSION_URL": f"http://127.0.0.1:{settings.api_port('submission')}"}
    sealing = {"OPENPMM_AUDIT_KEY_FILE": str(folders.audit_key(service))} if service in SEALED else {}
    if service != "submission":
        return sealing
    return sealing | {
        "OPENPMM_EVIDENCE_DIR": str(folders.evidence),
        "OPENPMM_PUBLIC_URL": settings.url,
        "OPENPMM_SCORING_URL": f"http://127.0.0.1:{settings.api_port('scoring')}",
    }


def issuer(settings: StackSettings, folders: Folders) -> Component:
    """The local token issuer."""
    environment = {
        **common_environment(settings),
        "OPENPMM_SIGNING_KEY_FILE": str(folders.signing_key),
        "OPENPMM_REGISTER_FILE": str(settings.register_file),
        "OPENPMM_HTTP_HOST": "127.0.0.1",
        "OPENPMM_HTTP_PORT": str(settings.issuer_port),
    }
    return Component(
        name="issuer",
        command=Command((sys.executable, "-m", "local_stack.issuer"), environment),
        port=settings.issuer_port,
        probe=f"http://127.0.0.1:{settings.issuer_port}/health/ready",
        stop_rank=2,
    )


def migration(settings: StackSettings, service: str, environment: Environment) -> Command:
    """Brings the service's database to the newest revision, and ends."""
    return Command((sys.executable, "-m", settings.service_modules[service], "migrate"), environment)


def processes(settings: StackSettings, service: str, environment: Environment) -> list[Component]:
    """API and worker of one service."""
    migrated = f"{service} migration"
    broker = () if settings.kafka_bootstrap else ("broker",)
    return [
        _process(settings, f"{service}-api", "api", settings.api_port(service), (migrated,), environment),
        _process(
            settings, f"{service}-worker", "worker", settings.worker_port(service), (migrated, *broker), environment
        ),
    ]


def _process(
    settings: StackSettings, name: str, kind: str, port: int, after: tuple[str, ...], environment: Environment
) -> Component:
    module = settings.service_modules[name.removesuffix(f"-{kind}")]
    return Component(
        name=name,
        command=Command((sys.executable, "-m", module, kind), environment),
        port=port,
        probe=f"http://127.0.0.1:{port}/health/ready",
        after=after,
        stop_rank=1,
    )


def names() -> list[str]:
    """Every component of the stack, as `status` and `logs` call them."""
    own = ["postgres", "broker", "issuer", "gateway"]
    return own + [f"{service}-{kind}" for service in SERVICES for kind in ("api", "worker")]
