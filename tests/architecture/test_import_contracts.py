"""The import contracts hold, and each of them fails when it is broken."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BROKEN = [
    ("Services never import each other", "submission_svc/domain/broken.py", "import scoring_svc.settings"),
    ("Layers inside a service", "framework_svc/domain/broken.py", "import framework_svc.application.ports"),
    ("Layers inside a service", "framework_svc/adapters/broken.py", "import framework_svc.entrypoints.http"),
    ("Layers inside a service", "scoring_svc/utils.py", "import math"),
    ("The framework specification is pure", "framework_spec/broken.py", "import sqlalchemy"),
    ("The scoring engine knows the specification and arrays only", "scoring_engine/broken.py", "import service_kit"),
    ("The intake of answers knows the specification only", "answer_intake/broken.py", "import service_kit"),
    ("The command line knows no server code", "pmm_cli/broken.py", "import submission_svc"),
    ("The access policy stands alone", "access_policy/broken.py", "import framework_spec"),
    ("The service kit knows nothing of the domain", "service_kit/broken.py", "import access_policy"),
    ("Libraries never import services or the runner", "service_kit/broken.py", "import local_stack"),
    ("Domain and use cases know no web framework and no broker", "framework_svc/domain/broken.py", "import fastapi"),
]


def lint(root: Path, sources: list[Path]) -> subprocess.CompletedProcess[str]:
    """Run the contracts over the packages in the given folders."""
    command = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--config",
        str(root / ".importlinter"),
        "--no-cache",
    ]
    path = os.pathsep.join(str(source) for source in sources)
    return subprocess.run(
        command, cwd=sources[0], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )


def test_the_tree_keeps_its_contracts(root: Path, source_folders: list[Path]) -> None:
    done = lint(root, source_folders)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder with a copy of every package's Python files."""
    target = tmp_path_factory.mktemp("packages")
    root = Path(__file__).resolve().parents[2]
    patterns = ("libs/*/src/*", "services/*/src/*", "clients/*/src/*", "deploy/local/src/*")
    for source in [found for pattern in patterns for found in root.glob(pattern)]:
        if source.is_dir():
            shutil.copytree(source, target / source.name, ignore=shutil.ignore_patterns("__pycache__", "data"))
    return target


@pytest.mark.parametrize(("contract", "place", "line"), BROKEN, ids=[f"{b[1]}-{b[2]}" for b in BROKEN])
def test_a_broken_contract_is_named(root: Path, copied: Path, contract: str, place: str, line: str) -> None:
    bad = copied / place
    bad.write_text(f'"""A module that breaks a rule."""\n\n{line}\n', encoding="utf-8")
    try:
        done = lint(root, [copied])
    finally:
        bad.unlink()
    assert done.returncode != 0
    assert f"{contract} BROKEN" in done.stdout
