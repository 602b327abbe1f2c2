"""Small parts of the runner by themselves."""

import json
import os
import socket
from pathlib import Path

import pytest

from local_stack.errors import StackError
from local_stack.folders import Folders, keep_previous, last_lines, write_private
from local_stack.guide import guide
from local_stack.orphans import remove_stale_postmaster_file
from local_stack.passwords import passwords
from local_stack.places import remove_data
from local_stack.plan import make_plan
from local_stack.ports import free_block, is_free, require_free
from local_stack.postgres import database_url
from local_stack.services import names, service_environment
from local_stack.settings import StackSettings, port_table


def test_every_port_is_one_port() -> None:
    ports = [port for port, _, _ in port_table(StackSettings())]
    assert len(ports) == len(set(ports)) == 13


def test_names_taken_ports() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not is_free(port)
        with pytest.raises(StackError, match=rf"Port {port} .* gateway needs it\..* OPENPMM_PORT"):
            require_free([(port, "gateway", "OPENPMM_PORT")])


def test_finds_free_ports() -> None:
    base = free_block()
    assert all(is_free(base + offset) for offset in range(30))


def test_external_servers_are_not_started_here(tmp_path: Path) -> None:
    settings = StackSettings.model_validate(
        {
            "data_dir": tmp_path,
            "external_postgres_url": "postgresql://admin:s3cret@db.example:5433/postgres?sslmode=require",
            "kafka_bootstrap": "kafka.example:9093",
        }
    )
    folders = Folders(tmp_path)
    folders.make()
    parts = [part.name for part in make_plan(settings, folders, None)]
    assert not {"postgres", "broker", "database files"} & set(parts)
    assert not {"postgres", "broker"} & {name for _, name, _ in port_table(settings)}
    environment = service_environment(settings, "scoring", "postgresql+psycopg://x")
    assert environment["OPENPMM_KAFKA_BOOTSTRAP"] == "kafka.example:9093"
    assert not {"OPENPMM_KAFKA_SESSION_TIMEOUT_MS", "OPENPMM_KAFKA_FETCH_MAX_WAIT_MS"} & environment.keys()


def test_a_service_reaches_the_external_server_as_itself() -> None:
    url = database_url("postgresql://admin:s3cret@db.example:5433/postgres?sslmode=require", "scoring", "p@ss/word")
    assert url == "postgresql+psycopg://scoring:p%40ss%2Fword@db.example:5433/scoring?sslmode=require"


def test_passwords_are_made_once_and_differ(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    made = passwords(folders)
    assert passwords(folders) == made
    assert len(set(made.values())) == 5
    assert folders.passwords.stat().st_mode & 0o077 == 0


def test_removes_only_what_the_stack_has_made(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data")
    folders.make()
    own = folders.root / "notes.txt"
    own.write_text("mine", encoding="utf-8")
    removed = remove_data(folders)
    assert folders.logs in removed
    assert [path.name for path in folders.root.iterdir()] == ["notes.txt"]


def test_private_files_are_private_from_their_first_moment(tmp_path: Path) -> None:
    path = tmp_path / "secret.json"
    write_private(path, json.dumps({"a": 1}))
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_log_begins_afresh_and_keeps_the_one_before(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    log.write_text("one\ntwo\n", encoding="utf-8")
    assert last_lines(log, 1) == ["two"]
    keep_previous(log)
    assert last_lines(log) == []
    assert last_lines(tmp_path / "x.log.1") == ["one", "two"]


def test_removes_the_pid_file_of_a_server_that_is_gone(tmp_path: Path) -> None:
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n", encoding="utf-8")  # reused by a process that is no PostgreSQL
    assert remove_stale_postmaster_file(pid_file)
    assert not pid_file.exists()
    assert not remove_stale_postmaster_file(pid_file)


def test_tells_a_newcomer_where_to_go() -> None:
    text = guide(StackSettings(port=8123))
    for part in (
        "http://127.0.0.1:8123/docs",
        "client_id=system-uga",
        "/answers",
        "/api/v1/scores/",
        "office-<region>",
    ):
        assert part in text


def test_components_are_named_once() -> None:
    assert len(names()) == len(set(names())) == 12
