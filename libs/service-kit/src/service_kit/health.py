"""Health and metrics of a worker process: two probes and the Prometheus page, on the internal port only."""

import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import generate_latest


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever hangs up before the answer has not broken anything here."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # handed on as it came


def serve_worker_health(host: str, port: int, is_ready: Callable[[], bool]) -> ThreadingHTTPServer:
    """Serve `/health/live`, `/health/ready` and `/metrics` from a thread; returns the running server."""

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

    server = _Server((host, port), Handler)
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server
