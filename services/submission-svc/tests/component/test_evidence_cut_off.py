"""A connection that ends at any byte, and a process that is killed: nothing half is kept, and the next try succeeds."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from service_kit.clock import utc_now
from submission_svc.adapters.files.evidence_store import FilesStore

BODY = b"%PDF-1.7\n" + b"x" * 200_000
HEAD = (
    b"POST /api/v1/cycles/c-2024/submissions/KEN/evidence?about=K-TIME&name=a.pdf HTTP/1.1\r\n"
    b"host: test\r\nauthorization: Bearer contact-ken\r\n"
)
WITH_LENGTH = HEAD + b"content-length: %d\r\n\r\n" % len(BODY)
IN_CHUNKS = HEAD + b"transfer-encoding: chunked\r\n\r\n"
WRITER = """
import sys, time
from pathlib import Path
from submission_svc.adapters.files.evidence_store import FilesStore
file = FilesStore(Path(sys.argv[1]), 10_000).begin()
file.write(b"half of it")
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def folder(service: Any, tmp_path: Path) -> Path:
    """An empty folder, in which the service keeps evidence."""
    held = service.app.state.dependencies
    store = FilesStore(tmp_path / "evidence", 300_000)
    service.app.state.dependencies = replace(held, evidence=replace(held.evidence, store=store))
    return tmp_path / "evidence"


@pytest.fixture
def port(service: Any, folder: Path) -> Iterator[int]:
    """The port of a real server."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(service.app, log_config=None, timeout_graceful_shutdown=3))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        wait_until(lambda: server.started)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(timeout=10)


def wait_until(holds: Callable[[], Any]) -> None:
    """Wait, but not for ever."""
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def cut_off(port: int, content: bytes, *, is_reset: bool = False) -> None:
    """Send, and end the connection; with a reset, also what is still on its way is lost."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(content)
        if is_reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def ask(port: int, content: bytes) -> bytes:
    """Send, and read the beginning of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(content)
        return connection.recv(65_536)


def files(folder: Path) -> list[Path]:
    """All files in the folder."""
    return [path for path in folder.glob("**/*") if path.is_file()]


CUTS = [len(HEAD), len(WITH_LENGTH), len(WITH_LENGTH) + 1, len(WITH_LENGTH) + 65_536, len(WITH_LENGTH) + len(BODY) - 1]


@pytest.mark.parametrize("is_reset", [False, True])
@pytest.mark.parametrize("cut", CUTS)
def test_a_connection_that_ends_too_early_leaves_nothing(
    service: Any, folder: Path, port: int, cut: int, is_reset: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    cut_off(port, (WITH_LENGTH + BODY)[:cut], is_reset=is_reset)
    wait_until(lambda: not files(folder))
    assert service.rows("select * from evidence_file") == []
    assert service.rows("select * from submission") == []
    assert b" 201 " in ask(port, WITH_LENGTH + BODY)
    assert len(files(folder)) == 1
    assert "unexpected_error" not in capsys.readouterr().out


def test_whoever_could_still_read_is_told_that_nothing_was_saved(service: Any, folder: Path) -> None:
    sent: list[Any] = []
    incoming = [
        {"type": "http.request", "body": BODY[:10], "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Any:
        return incoming.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        **{"type": "http", "method": "POST", "path": "/api/v1/cycles/c-2024/submissions/KEN/evidence"},
        **{"query_string": b"about=K-TIME&name=a.pdf", "headers": [(b"authorization", b"Bearer contact-ken")]},
    }
    asyncio.run(service.app(scope, receive, send))
    problem = json.loads(sent[1]["body"])
    assert (sent[0]["status"], problem["code"]) == (400, "evidence.cut_off")
    assert problem["detail"] == "The connection ended before the file was whole. Nothing was saved; send it again."
    assert files(folder) == []


def test_chunks_that_end_too_early_leave_nothing(service: Any, folder: Path, port: int) -> None:
    chunk = b"%x\r\n%b\r\n" % (len(BODY), BODY)
    cut_off(port, IN_CHUNKS + chunk)
    wait_until(lambda: not files(folder))
    assert service.rows("select * from evidence_file") == []
    assert b" 201 " in ask(port, IN_CHUNKS + chunk + b"0\r\n\r\n")
    assert len(files(folder)) == 1


def test_a_file_that_grows_beyond_the_limit_is_refused_on_the_way(service: Any, folder: Path, port: int) -> None:
    chunk = b"%x\r\n%b\r\n" % (len(BODY), BODY)
    assert b" 413 " in ask(port, IN_CHUNKS + chunk + chunk), "no end in sight"
    wait_until(lambda: not files(folder))


def test_a_process_that_is_killed_leaves_only_what_is_swept(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        writer.send_signal(signal.SIGKILL)
    assert [path.suffix for path in files(tmp_path)] == [".part"]
    store = FilesStore(tmp_path, 10_000)
    assert store.sweep(lambda _: set(), utc_now() - timedelta(hours=1)) == 0
    assert store.sweep(lambda _: set(), utc_now() + timedelta(hours=1)) == 1
    assert files(tmp_path) == []
