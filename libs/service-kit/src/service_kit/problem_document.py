"""Problem documents as data (RFC 9457): without a web framework, so that workers can keep what an api would answer."""

from collections.abc import Mapping
from typing import Any

from service_kit.errors import Finding, Kind, ProblemError

STATUS: dict[Kind, int] = {
    Kind.MALFORMED: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.PRECONDITION_FAILED: 412,
    Kind.TOO_LARGE: 413,
    Kind.UNSUPPORTED_MEDIA: 415,
    Kind.INVALID: 422,
    Kind.PRECONDITION_REQUIRED: 428,
    Kind.TOO_MANY: 429,
    Kind.UNAVAILABLE: 503,
    Kind.NO_SPACE: 507,
}
TITLES = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "In conflict with the present state",
    412: "Changed meanwhile",
    413: "Too large",
    415: "Format not supported",
    422: "Some of what was sent is not valid",
    428: "A precondition is needed",
    429: "Too many at the same time",
    500: "Something went wrong here",
    503: "Not available at the moment",
    504: "No answer in time",
    507: "No room to keep it",
}


def problem_document(error: ProblemError) -> tuple[int, dict[str, Any]]:
    """The status and the problem document of a refusal that nobody waits for; it has no request id."""
    status = STATUS[error.kind]
    return status, document(status, error.code, error.detail, None, error.findings, error.extra)


def document(
    status: int,
    code: str,
    detail: str,
    request_id: str | None,
    findings: tuple[Finding, ...],
    extra: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The document as JSON."""
    return {
        "type": "about:blank",
        "title": TITLES.get(status, "Refused"),
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": request_id,
        "errors": [finding.as_dict() for finding in findings],
        **(extra or {}),
    }
