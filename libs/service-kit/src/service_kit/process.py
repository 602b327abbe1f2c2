"""The subcommands that every service has: api, worker, migrate, check, replay, retry-parked."""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import structlog
from fastapi import FastAPI
from sqlalchemy import MetaData, text

from service_kit import migrations
from service_kit.consumer import Consumer
from service_kit.database import build_engine
from service_kit.logs import configure_logs
from service_kit.serving import serve
from service_kit.settings import ServiceSettings
from service_kit.worker import Loop, run_worker

S = TypeVar("S", bound=ServiceSettings)
log = structlog.get_logger()


@dataclass(frozen=True)
class Process(Generic[S]):
    """How one service is built; each part is made only when a subcommand needs it."""

    name: str
    settings: Callable[[], S]
    migrations: Path
    metadata: MetaData
    application: Callable[[S], FastAPI]
    loops: Callable[[S], Sequence[Loop]]
    after_migration: Callable[[S], None] = lambda settings: None


def main(process: Process[S], arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit code."""
    commands: dict[str, Callable[[Process[S], S], int]] = {
        "api": _api,
        "worker": _worker,
        "migrate": _migrate,
        "check": _check,
        "replay": _replay,
        "retry-parked": _retry_parked,
        "openapi": _openapi,
    }
    parser = argparse.ArgumentParser(prog=process.name)
    parser.add_argument("command", choices=sorted(commands))
    chosen = parser.parse_args(arguments).command
    settings = process.settings()
    configure_logs(process.name, settings.log_level)
    try:
        return commands[chosen](process, settings)
    except migrations.WrongRevisionError as error:
        log.error("wrong_revision", reason=str(error))
        return 2


def _url(settings: ServiceSettings) -> str:
    return settings.database_url.get_secret_value()


def _require_newest(process: Process[S], settings: S) -> None:
    engine = build_engine(_url(settings), pool_size=1)
    try:
        migrations.require_newest(process.migrations, engine)
    finally:
        engine.dispose()


def _api(process: Process[S], settings: S) -> int:
    _require_newest(process, settings)
    serve(process.application(settings), settings.http_host, settings.http_port)
    return 0


def _worker(process: Process[S], settings: S) -> int:
    _require_newest(process, settings)
    run_worker(process.loops(settings), settings.http_host, settings.worker_port)
    return 0


def _migrate(process: Process[S], settings: S) -> int:
    migrations.upgrade(process.migrations, _url(settings))
    process.after_migration(settings)
    log.info("migrated")
    return 0


def _check(process: Process[S], settings: S) -> int:
    """Say whether the database is there, at the right revision and without drift."""
    _require_newest(process, settings)
    engine = build_engine(_url(settings), pool_size=1)
    found = migrations.drift(engine, process.metadata)
    engine.dispose()
    if found:
        log.error("schema_drift", differences=[str(difference) for difference in found])
    return 1 if found else 0


def _replay(process: Process[S], settings: S) -> int:
    """Mark all events as unpublished: the relay sends them again, consumers ignore what they had."""
    engine = build_engine(_url(settings), pool_size=1)
    with engine.begin() as connection:
        rows = connection.execute(text("update outbox set published_at = null")).rowcount
        connection.execute(text("select pg_notify('outbox', '')"))
    engine.dispose()
    log.info("replay_asked", events=rows)
    return 0


def _retry_parked(process: Process[S], settings: S) -> int:
    results = [loop.retry_parked() for loop in process.loops(settings) if isinstance(loop, Consumer)]
    done, failed = sum(result[0] for result in results), sum(result[1] for result in results)
    log.info("parked_retried", took_effect=done, failed=failed)
    return 1 if failed else 0


def _openapi(process: Process[S], settings: S) -> int:
    """Print the OpenAPI document, for the committed contract."""
    print(json.dumps(process.application(settings).openapi(), indent=2, sort_keys=True, ensure_ascii=False))  # noqa: T201
    return 0
