"""The plan of the whole stack: what is started, and what each part must wait for."""

import asyncio
from collections.abc import Awaitable, Callable

from local_stack import audit_key, broker, migrated, postgres, services
from local_stack.component import Component, Step
from local_stack.errors import ComponentFailedError
from local_stack.folders import SEALED, Folders
from local_stack.gateway import component as gateway
from local_stack.passwords import ADMINISTRATOR, passwords
from local_stack.places import PostgresPlace
from local_stack.probes import is_ready
from local_stack.processes import run_to_end
from local_stack.settings import SERVICES, StackSettings

Part = Component | Step


def make_plan(settings: StackSettings, folders: Folders, place: PostgresPlace | None) -> list[Part]:
    """All parts; `place` is None when PostgreSQL is an external one."""
    secrets = passwords(folders)
    for service in SEALED:
        audit_key.ensure(folders.audit_key(service))
    parts: list[Part] = []
    if place:
        parts.append(Step("database files", _initialise(place, folders, secrets[ADMINISTRATOR])))
        parts.append(postgres.component(settings, place))
    parts.append(Step("databases", _databases(settings, secrets), ("postgres",) if place else ()))
    if settings.kafka_bootstrap is None:
        parts.append(broker.component(settings))
    parts.append(services.issuer(settings, folders))
    urls = database_urls(settings, folders)
    for service in SERVICES:
        environment = services.service_environment(settings, service, urls[service])
        migration = _migration(settings, folders, place, service, environment)
        parts.append(Step(f"{service} migration", migration, ("databases",)))
        parts += services.processes(settings, service, environment)
    parts.append(gateway.component(settings, folders))
    apis = tuple(f"{service}-api" for service in SERVICES)
    parts.append(Step("routes", _routes(settings), ("gateway", *apis)))
    return parts


def database_urls(settings: StackSettings, folders: Folders) -> dict[str, str]:
    """The address of each service's database, with its password."""
    secrets = passwords(folders)
    administrator = postgres.administrator_url(settings, secrets)
    return {service: postgres.database_url(administrator, service, secrets[service]) for service in SERVICES}


def _initialise(place: PostgresPlace, folders: Folders, password: str) -> Callable[[], Awaitable[None]]:
    return lambda: postgres.initialise(place, folders, password)


def _databases(settings: StackSettings, secrets: dict[str, str]) -> Callable[[], Awaitable[None]]:
    administrator = postgres.administrator_url(settings, secrets)

    def make() -> None:
        postgres.create_databases(administrator, secrets)
        if settings.external_postgres_url is None:
            postgres.close_shared_databases(administrator)

    return lambda: asyncio.to_thread(make)


def _migration(
    settings: StackSettings,
    folders: Folders,
    place: PostgresPlace | None,
    service: str,
    environment: services.Environment,
) -> Callable[[], Awaitable[None]]:
    name = f"{service}-migrate"
    command = services.migration(settings, service, environment)

    async def migrate() -> None:
        address = environment["OPENPMM_DATABASE_URL"].rpartition("@")[2]
        wanted = migrated.fingerprint(settings.service_modules[service], address)
        if place is None or not migrated.is_migrated(folders, service, wanted):
            await run_to_end(name, command, folders.log(name))
            migrated.remember(folders, service, wanted)

    return migrate


def _routes(settings: StackSettings) -> Callable[[], Awaitable[None]]:
    """Wait until the gateway has seen every service healthy, so that the first request is not refused."""

    async def wait() -> None:
        probe = f"envoy://127.0.0.1:{settings.admin_port}"
        try:
            async with asyncio.timeout(settings.start_seconds):
                while not await is_ready(probe):
                    await asyncio.sleep(0.03)
        except TimeoutError:
            raise ComponentFailedError("gateway", "does not see all services as healthy", []) from None

    return wait
