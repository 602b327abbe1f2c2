"""The revision of a database: the services refuse to start on another than their code was written for.

Read from the migration files themselves, so that starting a process does not load the migration tool.
"""

import re
from pathlib import Path

from sqlalchemy import Engine, inspect, text

_REVISION = re.compile(r"^revision = [\"'](.+?)[\"']", re.MULTILINE)
_BEFORE = re.compile(r"^down_revision = [\"'](.+?)[\"']", re.MULTILINE)


class WrongRevisionError(RuntimeError):
    """The database is not at the revision that this code was written for."""


def newest_revision(folder: Path) -> str:
    """The one revision that no other comes after."""
    sources = [path.read_text(encoding="utf-8") for path in sorted((folder / "versions").glob("*.py"))]
    every: set[str] = {name for source in sources for name in _REVISION.findall(source)}
    (newest,) = every - {name for source in sources for name in _BEFORE.findall(source)}
    return newest


def require_newest(folder: Path, engine: Engine) -> None:
    """Refuse to go on with a database of another revision.

    Raises:
        WrongRevisionError: with both revisions and the command that mends it.
    """
    wanted = newest_revision(folder)
    with engine.connect() as connection:
        is_migrated = inspect(connection).has_table("alembic_version")
        present = connection.execute(text("select version_num from alembic_version")).scalar() if is_migrated else None
    if present != wanted:
        raise WrongRevisionError(f"The database is at revision {present}, this code needs {wanted}: run `migrate`.")
