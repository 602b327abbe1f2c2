"""Stand-ins for the services behind the gateway: one that echoes, one that breaks off every request."""

import asyncio
import contextlib
import json
import socket
import threading
from collections import Counter
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse


def echo_app(slow: threading.Event) -> FastAPI:
    """Answers with what has arrived; a few paths are special. `slow` ends the slow ones early at tear-down."""
    app = FastAPI(openapi_url=None)

    @app.get("/health/ready")
    async def ready() -> dict[str, str]:
        return {}

    @app.get("/api/v1/frameworks/large/versions/1")
    async def large() -> JSONResponse:
        return JSONResponse({"rows": ["the same words again and again"] * 1000}, headers={"etag": '"1.2"'})

    @app.get("/api/v1/frameworks/slow/versions/1")
    async def late() -> dict[str, str]:
        await asyncio.to_thread(slow.wait, 5)
        return {}

    asked: Counter[str] = Counter()

    @app.api_route("/api/v1/cycles/slow", methods=["GET", "POST"])
    async def late_file(request: Request) -> dict[str, str]:
        asked[request.method] += 1
        await asyncio.to_thread(slow.wait, 5)
        return {}

    @app.get("/api/v1/cycles/asked")
    async def how_often() -> dict[str, int]:
        return asked

    @app.get("/api/v1/cycles/file")
    async def file() -> StreamingResponse:
        async def parts() -> Any:
            for _ in range(6):
                yield bytes(1000)
                await asyncio.to_thread(slow.wait, 0.5)

        return StreamingResponse(parts(), media_type="application/octet-stream")

    @app.get("/api/v1/events/stream")
    async def stream() -> StreamingResponse:
        async def lines() -> Any:
            for number in range(6):
                yield f"id: {number}\ndata: {{}}\n\n"
                await asyncio.to_thread(slow.wait, 0.5)

        return StreamingResponse(lines(), media_type="text/event-stream")

    @app.api_route("/{path:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    async def echo(request: Request) -> JSONResponse:
        server = request.scope["server"]
        answer = {"port": server[1], "path": request.url.path, "headers": dict(request.headers)}
        return JSONResponse({**answer, "bytes": len(await request.body())})

    return app


class Upstreams:
    """One event loop in a thread that serves the echo on several ports, an application more, and the breaker."""

    def __init__(self, ports: list[int], breaker_port: int) -> None:
        self.slow = threading.Event()
        self.broken: Counter[str] = Counter()
        self._ports = ports
        self._breaker_port = breaker_port
        self._writers: set[asyncio.StreamWriter] = set()
        self._servers: list[uvicorn.Server] = []
        self._apps: list[tuple[FastAPI, list[int]]] = [(echo_app(self.slow), ports)]
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def add(self, app: FastAPI, port: int) -> None:
        self._apps.append((app, [port]))

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.slow.set()
        for server in self._servers:
            server.should_exit = True
        self._thread.join(20)

    async def _serve(self) -> None:
        breaker = await asyncio.start_server(self._break_off, "127.0.0.1", self._breaker_port)
        serving = []
        for app, ports in self._apps:
            sockets = [socket.create_server(("127.0.0.1", port)) for port in ports]
            config = uvicorn.Config(
                app, log_level="critical", access_log=False, lifespan="off", timeout_graceful_shutdown=1
            )
            server = uvicorn.Server(config)
            self._servers.append(server)
            serving.append(server.serve(sockets=sockets))
        await asyncio.gather(*serving)
        breaker.close()
        for writer in self._writers:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _break_off(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read a request head, count it, close the connection; only health checks get an answer."""
        self._writers.add(writer)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                method, path, _ = head.split(" ", 2)
                if path != "/health/ready":
                    self.broken[f"{method} {path}"] += 1
                    break
                body = json.dumps({}).encode()
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
                await writer.drain()
        writer.close()
