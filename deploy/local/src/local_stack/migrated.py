"""Remembers which sources each database was migrated with, so that an ordinary start need not run the migrations.

Only a matter of speed: a service refuses to start on a database of another revision, whatever is remembered here.
"""

import hashlib
import json
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from local_stack.folders import Folders, write_private
from local_stack.settings import REPOSITORY

_BESIDE = ("libs", "requirements.lock")


def fingerprint(module: str, database: str) -> str:
    """Names the database and every source file that its migration could depend on, by size and time of change."""
    spec = find_spec(module)
    folders = [Path(place).resolve().parent.parent for place in (spec.submodule_search_locations or [])] if spec else []
    places = [*folders, *(REPOSITORY / name for name in _BESIDE)] if folders else []
    digest = hashlib.sha256(database.encode())
    for path in sorted(path for place in places for path in _files(place)):
        found = path.stat()
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest() if places else ""


def _files(place: Path) -> Iterable[Path]:
    if place.is_file():
        return [place]
    return (path for path in place.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def is_migrated(folders: Folders, service: str, wanted: str) -> bool:
    """Whether the database was migrated with exactly these sources; an empty fingerprint never was."""
    return bool(wanted) and _remembered(folders).get(service) == wanted


def remember(folders: Folders, service: str, fingerprint: str) -> None:
    """Note a migration that has succeeded."""
    write_private(folders.migrated, json.dumps({**_remembered(folders), service: fingerprint}, indent=1))


def _remembered(folders: Folders) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(folders.migrated.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found
