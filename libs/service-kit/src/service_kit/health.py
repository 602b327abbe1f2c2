"""Health and metrics: two probes and the Prometheus page, on the internal port only."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest


def health_router(is_ready: Callable[[], bool]) -> APIRouter:
    """The probes of an api process; not part of the published API."""
    router = APIRouter(include_in_schema=False)

    @router.get("/health/live")
    def live() -> Response:
        return Response("ok\n")

    @router.get("/health/ready")
    def ready() -> Response:
        return Response("ready\n") if is_ready() else Response("not ready\n", status_code=503)

    @router.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


def serve_worker_health(host: str, port: int, is_ready: Callable[[], bool]) -> ThreadingHTTPServer:
    """The same three pages for a worker process, from a thread; returns the running server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/metrics":
                self._answer(200, generate_latest())
            elif self.path == "/health/live" or (self.path == "/health/ready" and is_ready()):
                self._answer(200, b"ok\n")
            else:
                self._answer(503, b"not ready\n")

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Probes are not logged."""

    server = ThreadingHTTPServer((host, port), Handler)
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server
