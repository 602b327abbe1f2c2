"""Makes the HTTP application of a service: problems, health, request ids, body limit and a tidy OpenAPI document."""

from collections.abc import Callable, Sequence

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service_kit.api_document import finished
from service_kit.probes import health_router
from service_kit.problems import install_problem_handlers
from service_kit.unknown_parameters import refuse_unknown_parameters


def create_app(
    *,
    service: str,
    title: str,
    description: str,
    routers: Sequence[APIRouter],
    is_ready: Callable[[], bool],
    max_body_bytes: int,
) -> FastAPI:
    """The application; its OpenAPI document stands at `/api/v1/openapi/<service>.json`."""
    app = FastAPI(
        title=title,
        description=description,
        version="1.0.0",
        openapi_url=f"/api/v1/openapi/{service}.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_id,
        separate_input_output_schemas=False,
        redirect_slashes=False,
    )
    install_problem_handlers(app)
    app.include_router(health_router(is_ready))
    app.state.query_parameters = {}
    for router in routers:
        is_api = router.prefix.startswith("/api/") or all(_path(route).startswith("/api/") for route in router.routes)
        app.include_router(router, dependencies=[Depends(refuse_unknown_parameters)] if is_api else [])
    app.add_middleware(BodyLimit, max_bytes=max_body_bytes)
    app.add_middleware(PrivateByDefault)
    app.openapi = lambda: finished(FastAPI.openapi(app))  # type: ignore[method-assign]
    return app


def _path(route: BaseRoute) -> str:
    return str(getattr(route, "path", ""))


def _operation_id(route: APIRoute) -> str:
    return route.name


class BodyLimit:
    """Refuses bodies over the limit while they arrive, whatever their Content-Length says."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_bytes:
                detail = f"The body is larger than {self._max_bytes} bytes. Send it in parts."
                raise HTTPException(413, detail)  # the one exception that FastAPI lets through while it reads a body
            return message

        await self._app(scope, counted, send)


class PrivateByDefault:
    """No shared cache keeps an answer that does not say it may: what is seen depends on who asks."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "cache-control" not in headers:
                    headers["cache-control"] = "private, no-cache"
                    headers.add_vary_header("authorization")
            await send(message)

        await self._app(scope, receive, marked)


def cacheable(request: Request, response: Response, etag: str, max_age: int) -> bool:
    """Set ETag and Cache-Control; True when the caller has it already and a 304 is due."""
    response.headers["etag"] = f'"{etag}"'
    response.headers["cache-control"] = f"public, max-age={max_age}"
    return f'"{etag}"' in request.headers.get("if-none-match", "")
