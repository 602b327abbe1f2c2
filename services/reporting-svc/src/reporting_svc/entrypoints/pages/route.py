"""Page routes: what goes wrong on them is told on a page, not in a problem document."""

from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from access_policy import PUBLIC_VIEWER
from reporting_svc.application.my_submission.asking import AWAY, SIGN_IN
from reporting_svc.entrypoints.pages.frame import Frame, frame_of
from reporting_svc.entrypoints.pages.languages import Speech, catalogue, chosen_language
from service_kit.errors import ProblemError
from service_kit.problem_document import STATUS

log = structlog.get_logger()
WAYS_ON = {SIGN_IN: ("/auth/sign-in", "sign.in"), "my_submission.scope_missing": ("/my-submission", "nav.mine")}
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
                return await run_in_threadpool(_failed, request, STATUS[error.kind], error.code)
            except HTTPException as error:  # a body that is too large
                return await run_in_threadpool(_failed, request, error.status_code)
            except RequestValidationError:
                return await run_in_threadpool(_failed, request, 404)
            except SQLAlchemyError as error:
                log.warning("page_without_database", error=type(error).__name__)
                return await run_in_threadpool(_failed, request, 503)

        return handled


def _failed(request: Request, status: int, code: str = "") -> Response:
    """The page of a failure: with words for its code where there are any, else for its status."""
    try:
        frame = frame_of(request)
    except ProblemError:
        frame = Frame(request, Speech(chosen_language(request)), PUBLIC_VIEWER)
    texts = catalogue()
    kinds = (code, str(status), "4xx" if status < 500 else "500")
    kind = next(kind for kind in kinds if f"failure.{kind}.title" in texts)
    way_on = WAYS_ON.get(code)
    return frame.page("failure.html", status=status, kind=kind, eyebrow=status, way_on=way_on, again=code == AWAY)
