"""Refuses query parameters that the API document does not name: a misspelt one would be passed over without a word."""

from difflib import get_close_matches
from typing import Any

from fastapi import Request

from service_kit.errors import Finding, Kind, ProblemError

SHOWN_CHARACTERS = 60


async def refuse_unknown_parameters(request: Request) -> None:
    """Let the request through only if its route has all its query parameters.

    Raises:
        ProblemError: `request.unknown_parameter` (400), naming all of them.
    """
    if not request.url.query:
        return
    known = _documented(request)
    unknown = [name for name in dict.fromkeys(request.query_params) if name not in known]
    if not unknown:
        return
    named = ", ".join(name[:SHOWN_CHARACTERS] for name in unknown)
    raise ProblemError(
        "request.unknown_parameter",
        Kind.MALFORMED,
        f"This address takes no query parameter {named}; nothing was done.",
        french=f"Cette adresse n'admet pas de paramètre {named} ; rien n'a été fait.",
        findings=tuple(_finding(name, known) for name in unknown[:100]),
    )


def _finding(name: str, known: list[str]) -> Finding:
    near = get_close_matches(name[:SHOWN_CHARACTERS].lower(), known, n=1, cutoff=0.6)
    listed = ", ".join(known)
    takes = f"It takes {listed}." if known else "It takes none."
    admits = f"Elle admet {listed}." if known else "Elle n'en admet aucun."
    return Finding(
        "request.unknown_parameter",
        f"{name[:SHOWN_CHARACTERS]} is not known here.",
        hint=f"Did you mean {near[0]}?" if near else takes,
        french=f"{name[:SHOWN_CHARACTERS]} n'est pas connu ici.",
        french_hint=f"Vouliez-vous dire {near[0]} ?" if near else admits,
    )


def _documented(request: Request) -> list[str]:
    """The query parameters that the API document names for this route."""
    known: dict[tuple[str, str], list[str]] = request.app.state.query_parameters
    key = (request.scope["route"].path, request.method.lower())
    if key not in known:
        operation: dict[str, Any] = request.app.openapi()["paths"].get(key[0], {}).get(key[1], {})
        known[key] = [each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"]
    return known[key]
