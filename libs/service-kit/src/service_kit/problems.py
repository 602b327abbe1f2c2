"""Problem documents (RFC 9457): the one error body of every service, and the table from kinds to statuses."""

import json
from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import compile_path

from service_kit.database import is_database_away
from service_kit.errors import Finding, Kind, ProblemError
from service_kit.languages import LANGUAGES, accepted_language
from service_kit.problem_document import STATUS, TITLES, document
from service_kit.shape_errors import malformed_json, needed_fields, shape_finding

MEDIA_TYPE = "application/problem+json"
MOST_FINDINGS = 1_000  # about the shape of one body
log = structlog.get_logger()


class FindingRead(BaseModel):
    """One thing that is wrong with what was sent, and where it stands."""

    code: str
    message: str
    pointer: str | None = Field(default=None, description="JSON Pointer to the place in the body")
    row: int | None = Field(default=None, description="Row as your own file counts it, the heading being row 1")
    column: str | None = None
    line: int | None = None
    hint: str | None = Field(default=None, description="What to do about it")


class ProblemRead(BaseModel):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str | None = None
    errors: list[FindingRead] = Field(default_factory=list)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documented problem answers of a route, for `responses=`; `api_document` puts their schema in."""
    return {
        status: {
            "description": TITLES[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{ProblemRead.__name__}"}}},
        }
        for status in statuses
    }


def install_problem_handlers(app: FastAPI) -> None:
    """Make every failure of the app a problem document."""
    app.add_exception_handler(ProblemError, _problem_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_exception_handler(ClientDisconnect, _cut_off)
    app.add_exception_handler(PoolTimeoutError, _database_error)
    app.add_exception_handler(DBAPIError, _database_error)
    app.add_exception_handler(Exception, _unexpected)


class _ProblemResponse(JSONResponse):
    media_type = MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        """A name that the caller sent may be no text at all (half of a surrogate pair): then a question mark."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", errors="replace")


def problem_response(
    request: Request,
    status: int,
    code: str,
    detail: str,
    *,
    french: str | None = None,
    findings: tuple[Finding, ...] = (),
    headers: Mapping[str, str] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> JSONResponse:
    """A problem document as a response: in French if the caller wants that and the refusal has it, else in English."""
    said = french if _wanted_language(request) == "fr" else None
    body = document(status, code, detail, request.headers.get("x-request-id"), findings, extra, said)
    told = {**(headers or {}), "content-language": "en" if said is None else "fr"}
    return _ProblemResponse(body, status_code=status, headers=told)


def _wanted_language(request: Request) -> str:
    asked = request.query_params.get("language")
    return asked if asked in LANGUAGES else accepted_language(request.headers.get("accept-language", ""))


def _problem_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ProblemError)  # noqa: S101 - starlette's registration guarantees it
    status = STATUS[error.kind]
    headers = dict(error.headers)
    if error.kind is Kind.UNAUTHENTICATED:
        headers.setdefault("www-authenticate", "Bearer")
    if error.kind is Kind.UNAVAILABLE:
        headers.setdefault("retry-after", "2")
    return problem_response(
        request,
        status,
        error.code,
        error.detail,
        french=error.french,
        findings=error.findings,
        headers=headers,
        extra=error.extra,
    )


def _validation_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - starlette's registration guarantees it
    # A parameter that a route and its checks both name is validated by each of them: one fault is told once.
    items = list({(*item["loc"], item["type"]): item for item in error.errors()}.values())
    if items[0]["type"] == "json_invalid":
        found = malformed_json(items[0], error.body)
        return problem_response(request, 400, found.code, found.message, findings=(found,))
    if isinstance(error.body, bytes) and any(tuple(item["loc"]) == ("body",) for item in items):
        french = "Envoyez le corps en application/json."
        return problem_response(request, 415, "request.media_type", "Send the body as application/json.", french=french)
    needed = needed_fields(_body_type(request))
    findings = tuple(shape_finding(item, needed) for item in items[:MOST_FINDINGS])
    detail = f"{len(items):,} thing{'s' if len(items) > 1 else ''} in the request cannot be taken; see errors."
    return problem_response(request, 422, "request.invalid", detail, findings=findings)


def _body_type(request: Request) -> object:
    """What the route takes as its body, if it takes one."""
    body = getattr(request.scope.get("route"), "body_field", None)
    return None if body is None else body.field_info.annotation


def _http_exception(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - starlette's registration guarantees it
    codes = {
        400: "request.malformed",
        404: "request.no_such_route",
        405: "request.method_not_allowed",
        413: "request.too_large",
    }
    code = codes.get(error.status_code, "request.refused")
    details = {
        400: "The body cannot be read: it must be JSON in UTF-8.",  # so far the framework's one reason for a 400
        404: f"There is nothing at {request.url.path}.",
        405: f"{request.method} is not possible here.",
    }
    in_french = {
        400: "Le corps ne peut pas être lu : ce doit être du JSON en UTF-8.",
        404: f"Il n'y a rien à l'adresse {request.url.path}.",
        405: f"{request.method} n'est pas possible ici.",
        413: "Le corps est trop volumineux. Envoyez-le en plusieurs parties.",
    }
    detail, french = details.get(error.status_code, str(error.detail)), in_french.get(error.status_code)
    headers = {"allow": ", ".join(sorted(_methods(request)))} if error.status_code == 405 else error.headers
    return problem_response(request, error.status_code, code, detail, french=french, headers=headers)


def _cut_off(request: Request, _: Exception) -> JSONResponse:
    """The connection was cut before the body had come. Nobody reads this, but it is no failure of ours either."""
    return problem_response(request, 400, "request.cut_off", "The connection was cut before the whole body had come.")


def _methods(request: Request) -> set[str]:
    """What is possible at this address: the router itself only names the methods of the first route that fits."""
    fitting = (
        route.methods or ()
        for route in iter_route_contexts(request.app.routes)
        if route.path is not None and compile_path(route.path)[0].match(request.url.path)
    )
    return {method for methods in fitting for method in methods}


def _database_error(request: Request, error: Exception) -> JSONResponse:
    if _is_contended(error):
        detail = "Somebody is changing the same thing at this moment. Nothing was saved; send the same request again."
        french = "Quelqu'un modifie la même chose en ce moment. Rien n'a été enregistré ; renvoyez la même requête."
        return problem_response(request, 503, "service.busy", detail, french=french, headers={"retry-after": "2"})
    if not is_database_away(error):
        return _unexpected(request, error)
    log.warning("database_unavailable", error=type(error).__name__)
    detail = "The database of this service does not answer. Nothing was saved; send the same request again shortly."
    french = (
        "La base de données de ce service ne répond pas. Rien n'a été enregistré ; renvoyez bientôt la même requête."
    )
    headers = {"retry-after": "2"}
    return problem_response(request, 503, "service.database_unavailable", detail, french=french, headers=headers)


def _is_contended(error: Exception) -> bool:
    """A lock that was not had in time, a deadlock, a serialization failure: to be tried again as it is."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state in ("55P03", "40P01", "40001")


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("unexpected_error", error=type(error).__name__, path=request.url.path, exc_info=error)
    detail = "This failure is ours and has been logged under the request id. Nothing was saved."
    french = (
        "Cette erreur vient de nous ; elle est consignée sous l'identifiant de la requête. Rien n'a été enregistré."
    )
    return problem_response(request, 500, "service.unexpected", detail, french=french)
