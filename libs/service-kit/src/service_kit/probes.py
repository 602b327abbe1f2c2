"""Health and metrics of an api process: two probes and the Prometheus page, on the internal port only."""

from collections.abc import Callable

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
