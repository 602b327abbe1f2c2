"""Compiles requirements.lock: every third-party package with version and hashes, and no address of any registry.

uv comes into a throw-away environment, so that it is not part of the lock itself. Run by `make lock`.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
OPTIONS = (
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"),
    *("--no-emit-index-url", "--no-emit-find-links", "--quiet"),
)


def main() -> int:
    """Keep the versions of the present lock where they still fit; `--upgrade` takes the newest ones."""
    requirements = subprocess.run(  # noqa: S603
        [sys.executable, str(ROOT / "tools" / "requirements.py")], check=True, stdout=subprocess.PIPE
    ).stdout
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"]
        subprocess.run(install, check=True)  # noqa: S603
        command = [str(python), "-m", "uv", "pip", "compile", *OPTIONS, *sys.argv[1:], "--output-file", str(LOCK), "-"]
        done = subprocess.run(command, input=requirements, check=False, cwd=ROOT)  # noqa: S603
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
