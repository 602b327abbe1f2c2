"""The embedded PostgreSQL: made on first start, listening on loopback, one role and database a service."""

import os
import shutil
import signal
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from local_stack.component import Account, Command, Component
from local_stack.errors import StackError
from local_stack.folders import Folders, write_private
from local_stack.orphans import remove_stale_postmaster_file
from local_stack.passwords import ADMINISTRATOR
from local_stack.places import PostgresPlace
from local_stack.processes import run_to_end
from local_stack.settings import SERVICES, StackSettings

SUPERUSER = "openpmm"


async def initialise(place: PostgresPlace, folders: Folders, password: str) -> None:
    """Make the data folder with scram passwords if there is none; a half-made one is thrown away."""
    remove_stale_postmaster_file(place.data / "postmaster.pid")
    if place.data.exists():
        return
    unfinished = place.data.with_name("postgres.new")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(mode=0o700)
    folders.migrated.unlink(missing_ok=True)
    password_file = place.data.with_name("initdb-password")
    write_private(password_file, password)
    _hand_over(place.account, unfinished, password_file)
    try:
        command = Command(_initdb(place, unfinished, password_file), account=place.account)
        await run_to_end("initdb", command, folders.log("initdb"))
    finally:
        password_file.unlink()
    unfinished.rename(place.data)


def _initdb(place: PostgresPlace, folder: Path, password_file: Path) -> tuple[str, ...]:
    return (
        str(place.programs / "initdb"),
        f"--pgdata={folder}",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
    )


def _hand_over(account: Account | None, *paths: Path) -> None:
    if account:
        for path in paths:
            os.chown(path, account.uid, account.gid)


def component(settings: StackSettings, place: PostgresPlace) -> Component:
    """The server. Its crash safety (fsync, full_page_writes) stays on: accepted data must survive anything."""
    options = {
        "listen_addresses": "127.0.0.1",
        "port": str(settings.postgres_port),
        "unix_socket_directories": "",
        "max_connections": "200",
        "shared_buffers": "128MB",
        "max_wal_size": "1GB",
        "jit": "off",
        "log_line_prefix": "%m [%p] %u@%d ",
    }
    argv = [str(place.programs / "postgres"), "-D", str(place.data)]
    for name, value in options.items():
        argv += ["-c", f"{name}={value}"]
    return Component(
        name="postgres",
        command=Command(tuple(argv), account=place.account, death_signal=signal.SIGQUIT),
        port=settings.postgres_port,
        probe=f"postgresql://127.0.0.1:{settings.postgres_port}",
        after=("database files",),
        stop_rank=3,
        stop_signal=signal.SIGINT,
    )


def administrator_url(settings: StackSettings, passwords: dict[str, str]) -> str:
    """How to reach the server as somebody who may create roles and databases."""
    if settings.external_postgres_url:
        return settings.external_postgres_url.get_secret_value().replace("postgresql+psycopg://", "postgresql://")
    password = quote(passwords[ADMINISTRATOR], safe="")
    return f"postgresql://{SUPERUSER}:{password}@127.0.0.1:{settings.postgres_port}/postgres"


def database_url(administrator: str, service: str, password: str) -> str:
    """The same server for a service: its own role, password and database; options such as sslmode are kept."""
    parts = urlsplit(administrator)
    server = parts.netloc.rpartition("@")[2]
    netloc = f"{service}:{quote(password, safe='')}@{server}"
    return urlunsplit(("postgresql+psycopg", netloc, f"/{service}", parts.query, ""))


def create_databases(administrator: str, passwords: dict[str, str]) -> None:
    """One role and one database a service; nobody else may connect to it. Running it again changes nothing."""
    try:
        with psycopg.connect(administrator, autocommit=True, connect_timeout=10) as connection:
            for service in SERVICES:
                _create_database(connection, service, passwords[service])
    except psycopg.Error as error:
        raise StackError(f"The databases could not be made: {str(error).strip()}") from None


def close_shared_databases(administrator: str) -> None:
    """On our own server, keep the services' roles out of the databases that every role may else connect to."""
    with psycopg.connect(administrator, autocommit=True) as connection:
        for shared in ("postgres", "template1"):
            connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(shared)))


def _create_database(connection: psycopg.Connection, service: str, password: str) -> None:
    name = sql.Identifier(service)
    if connection.execute("select 1 from pg_roles where rolname = %s", (service,)).fetchone() is None:
        connection.execute(sql.SQL("create role {} login").format(name))
    connection.execute(sql.SQL("alter role {} password {}").format(name, sql.Literal(password)))
    if connection.execute("select 1 from pg_database where datname = %s", (service,)).fetchone():
        return
    # Whoever creates a database for another role must be a member of it, unless it is a superuser.
    connection.execute(sql.SQL("grant {} to current_user").format(name))
    connection.execute(sql.SQL("create database {} owner {}").format(name, name))
    connection.execute(sql.SQL("revoke all on database {} from public").format(name))
