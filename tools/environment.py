"""Sets `.venv` up from requirements.lock; does nothing, and quickly, when nothing has changed. Run by make.

Standard library only. Old versions of Python must be able to read this file, to be told that they are too old.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".openpmm-stamp"
LOCK = ROOT / "requirements.lock"
OLDEST = (3, 11)
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")


def check_python(version: tuple[int, ...]) -> None:
    """Stop with a clear message when this Python cannot make the environment."""
    if version < OLDEST:
        found = ".".join(str(part) for part in version[:3])
        sys.exit(
            f"OpenPMM needs Python 3.11 or newer; {sys.executable} is {found}. "
            "Name another one: make PYTHON=/path/to/python3.11 ..."
        )
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        sys.exit(
            f"{sys.executable} has no ensurepip, so it cannot make a virtual environment. On Debian and Ubuntu: "
            "apt install python3-venv. Or name another one: make PYTHON=/path/to/python3 ..."
        )


def own_packages() -> list[Path]:
    """The folders of the project's own packages."""
    tops = ("libs", "services", "deploy", "clients")
    return sorted(path.parent for top in tops for path in ROOT.glob(f"{top}/*/pyproject.toml"))


def fingerprint() -> str:
    """Changes whenever the environment has to be brought up to date."""
    digest = hashlib.sha256(f"{sys.version} {ROOT}".encode())
    for path in [LOCK, *(folder / "pyproject.toml" for folder in own_packages())]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_up_to_date(wanted: str) -> bool:
    """Whether the environment was made from exactly these files."""
    return STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted


def install() -> None:
    """Third-party packages by version and hash, then our own ones from their folders."""
    if not was_made_by_this_python():
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)  # noqa: S603
    run(*PIP, "--require-hashes", "-r", str(LOCK))
    editable = [part for folder in own_packages() for part in ("-e", str(folder))]
    run(*PIP, "--no-deps", "--no-build-isolation", *editable)


def was_made_by_this_python() -> bool:
    """Whether there is an environment, and of the Python that runs now."""
    if not PYTHON.exists():
        return False
    asked = subprocess.run(  # noqa: S603
        [str(PYTHON), "-c", "import sys; print(sys.version)"], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() == sys.version.strip()


def run(*arguments: str) -> None:
    """Run the environment's Python; what it prints is shown only when it fails."""
    done = subprocess.run(  # noqa: S603
        [str(PYTHON), *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\nSetting up the environment failed at: python {' '.join(arguments)}")


def main() -> None:
    """Two makes at the same time take turns; the second one finds everything done."""
    check_python(tuple(sys.version_info[:3]))
    wanted = fingerprint()
    if is_up_to_date(wanted):
        return
    with LOCK.open(encoding="utf-8") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if is_up_to_date(wanted):
            return
        began = time.monotonic()
        print("Setting up the environment in .venv (the first time, or something has changed) ...", flush=True)
        install()
        STAMP.write_text(wanted, encoding="utf-8")
        print(f"Environment ready in {time.monotonic() - began:.0f} s.", flush=True)


if __name__ == "__main__":
    main()
