"""A home of its own for each test, and a made-up server to run commands against."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from pmm_cli.__main__ import run
from tests.support.pmm import Got, Said, Server


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, and no settings."""
    for name in ("URL", "CLIENT_ID", "CLIENT_SECRET", "ISSUER", "LANGUAGE"):
        monkeypatch.delenv(f"OPENPMM_{name}", raising=False)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    """A made-up server that every command talks to, as the public; nobody waits for it."""
    made = Server()

    def connect(transport: httpx.BaseTransport | None = None) -> httpx.Client:
        return httpx.Client(transport=transport or httpx.MockTransport(made))

    monkeypatch.setattr("pmm_cli.session.new_http", connect)
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setenv("OPENPMM_URL", "http://pmm.test")
    return made


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs a command for people; its exit code and all that it said."""

    def call(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = run(arguments)
        found = capsys.readouterr()
        return code, found.out + found.err

    return call


@pytest.fixture
def got(capsys: pytest.CaptureFixture[str]) -> Got:
    """Runs a command for scripts; its exit code and its document."""

    def call(*arguments: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = run([*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return call
