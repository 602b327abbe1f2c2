"""Where the project's code lies."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def source_folders() -> list[Path]:
    """The `src` folder of every package."""
    patterns = ("libs/*/src", "services/*/src", "clients/*/src", "deploy/local/src")
    return sorted(found for pattern in patterns for found in ROOT.glob(pattern))
