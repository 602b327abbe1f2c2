"""Problem documents as data (RFC 9457): without a web framework, so that workers can keep what an api would answer."""

from collections.abc import Mapping
from typing import Any

from service_kit.errors import Finding, Kind, ProblemError
from service_kit.languages import typographic

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
_FRENCH_TITLES = {
    400: "La requête ne peut pas être lue",
    401: "Un jeton est nécessaire",
    403: "Non autorisé",
    404: "Introuvable",
    405: "Méthode non autorisée",
    409: "En conflit avec l'état actuel",
    412: "Modifié entre-temps",
    413: "Trop volumineux",
    415: "Format non pris en charge",
    422: "Une partie de ce qui a été envoyé n'est pas valable",
    428: "Une condition préalable est nécessaire",
    429: "Trop de demandes à la fois",
    500: "Une erreur s'est produite ici",
    503: "Indisponible pour le moment",
    504: "Pas de réponse à temps",
    507: "Pas de place pour le conserver",
}


def problem_document(error: ProblemError, language: str = "en") -> tuple[int, dict[str, Any]]:
    """The status and the problem document of a refusal that nobody waits for; it has no request id."""
    status = STATUS[error.kind]
    french = error.french if language == "fr" else None
    return status, document(status, error.code, error.detail, None, error.findings, error.extra, french)


def document(
    status: int,
    code: str,
    detail: str,
    request_id: str | None,
    findings: tuple[Finding, ...],
    extra: Mapping[str, Any] | None,
    french: str | None = None,
) -> dict[str, Any]:
    """The document as JSON; all of it in French where `french`, the detail in that language, is given."""
    language, title = "en", TITLES.get(status, "Refused")
    if french is not None:
        language, title, detail = "fr", typographic(_FRENCH_TITLES.get(status, "Refusé")), typographic(french)
    return {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": request_id,
        "errors": [finding.as_dict(language) for finding in findings],
        **(extra or {}),
    }
