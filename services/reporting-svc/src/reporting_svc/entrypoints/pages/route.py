"""Page routes: what goes wrong on them is told on a page, not in a problem document."""

from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError

from access_policy import PUBLIC_VIEWER
from reporting_svc.entrypoints.pages.frame import Frame, frame_of
from reporting_svc.entrypoints.pages.languages import Speech, chosen_language
from service_kit.errors import ProblemError
from service_kit.problems import STATUS

log = structlog.get_logger()
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route whose failures are pages. The same words for what is not there and what may not be seen."""

    def get_route_handler(self) -> Handler:
        """The handler, with failures caught."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except ProblemError as error:
                return await run_in_threadpool(_failed, request, STATUS[error.kind])
            except RequestValidationError:
                return await run_in_threadpool(_failed, request, 404)
            except SQLAlchemyError as error:
                log.warning("page_without_database", error=type(error).__name__)
                return await run_in_threadpool(_failed, request, 503)

        return handled


def _failed(request: Request, status: int) -> Response:
    try:
        frame = frame_of(request)
    except ProblemError:
        frame = Frame(request, Speech(chosen_language(request)), PUBLIC_VIEWER)
    known = status if status in (401, 403, 404, 503) else 500
    return frame.page("failure.html", status=status, kind=known)
