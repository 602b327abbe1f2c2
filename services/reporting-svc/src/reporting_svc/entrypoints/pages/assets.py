"""Static files: our own style and scripts, and swagger-ui from its package. A fixed list, so no path can wander."""

import hashlib
from functools import cache
from pathlib import Path

from fastapi import Request, Response
from starlette.routing import Route, Router
from swagger_ui_bundle import swagger_ui_path

from service_kit.errors import Kind, ProblemError

OWN = Path(__file__).parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
OWN_FILES = ("openpmm.css", "my.css", "openpmm.js", "docs.css", "docs.js", "mark.svg")
SWAGGER_FILES = ("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js")
FOREVER = {"cache-control": "public, max-age=31536000, immutable", "x-content-type-options": "nosniff"}


async def get_swagger_file(request: Request) -> Response:
    """A file of swagger-ui."""
    return _answer(Path(swagger_ui_path), request.path_params["file"], SWAGGER_FILES)


async def get_static_file(request: Request) -> Response:
    """A file of our own."""
    return _answer(OWN, request.path_params["file"], OWN_FILES)


def static_files() -> Router:
    """What is mounted at `/static`."""
    return Router([Route("/swagger/{file}", get_swagger_file), Route("/{file}", get_static_file)])


@cache
def address_of(file: str) -> str:
    """The address of a file, with its digest, so that it may be kept for ever."""
    folder = Path(swagger_ui_path) if file.startswith("swagger/") else OWN
    digest = hashlib.sha256((folder / file.removeprefix("swagger/")).read_bytes()).hexdigest()
    return f"/static/{file}?v={digest[:12]}"


def _answer(folder: Path, file: str, known: tuple[str, ...]) -> Response:
    if file not in known:
        raise ProblemError("static.no_such_file", Kind.NOT_FOUND, "There is no such file.")
    return Response(_content(folder / file), media_type=TYPES[Path(file).suffix], headers=FOREVER)


@cache
def _content(path: Path) -> bytes:
    return path.read_bytes()
