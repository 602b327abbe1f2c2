"""How documents come in and go out: YAML or JSON, with an ETag for each form and 304 for who has it already."""

import hashlib
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel

from service_kit.app import cacheable
from service_kit.errors import Kind, ProblemError
from service_kit.languages import accepted_language

FrameworkCode = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
VERSION = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$"
Version = Annotated[str, Path(pattern=VERSION)]
JSON, YAML, TEXT = "application/json", "application/yaml", "text/plain"
TAKEN = (YAML, JSON, "text/yaml", "application/x-yaml")
FOR_EVER, AN_HOUR, ASK_AGAIN = 31_536_000, 3_600, 0  # seconds; the last is for what may change at any time
NOT_CHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "Not changed"}}
BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {kind: {"schema": {}} for kind in TAKEN[:2]}}}


def in_forms(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """The documented answers of a route that gives a document in these forms, by Accept."""
    return {200: {"description": "The form follows Accept", "content": {kind: {} for kind in kinds}}, **NOT_CHANGED}


def preferred(request: Request, *kinds: str) -> str:
    """The one of these forms that Accept likes most; the first when it does not say or knows none of them."""
    liked = _liked(request)
    best = max(kinds, key=lambda kind: liked.get(kind, 0.0))
    return best if liked.get(best, 0.0) > liked.get("*/*", 0.0) else kinds[0]


def _liked(request: Request) -> dict[str, float]:
    liked: dict[str, float] = {}
    for entry in request.headers.get("accept", "").split(","):
        value, *parameters = [part.strip().lower() for part in entry.split(";")]
        liked[value] = max((_quality(parameter) for parameter in parameters if parameter.startswith("q=")), default=1.0)
    return liked


def _language(
    request: Request,
    language: Annotated[
        Literal["en", "fr"] | None, Query(description="Language of the sentences; else Accept-Language")
    ] = None,
) -> str:
    return language or accepted_language(request.headers.get("accept-language", ""))


Language = Annotated[str, Depends(_language)]


def _quality(parameter: str) -> float:
    try:
        return float(parameter.removeprefix("q="))
    except ValueError:
        return 0.0


def cached_bytes(
    request: Request, content: bytes, kind: str, max_age: int, etag: str | None = None, vary: str = "accept"
) -> Response:
    """What everyone may see, with its ETag (by default the digest of the bytes); 304 for who has it already."""
    tag = etag or f"sha256:{hashlib.sha256(content).hexdigest()}"
    response = Response(content, media_type=kind, headers={"vary": vary})
    if cacheable(request, response, tag, max_age):
        return Response(status_code=304, headers={"etag": response.headers["etag"], "vary": vary})
    return response


def cached_model(request: Request, model: BaseModel, max_age: int) -> Response:
    """The same for a model, as JSON."""
    return cached_bytes(request, model.model_dump_json(by_alias=True).encode(), JSON, max_age)


async def _sent_document(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in TAKEN:
        raise ProblemError(
            "framework.media_type", Kind.UNSUPPORTED_MEDIA, "Send the document as application/yaml or application/json."
        )
    return await request.body()


SentDocument = Annotated[bytes, Depends(_sent_document)]
