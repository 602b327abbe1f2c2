"""The public route table, as tests use it."""

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]


def public_routes() -> list[dict[str, Any]]:
    """Every public route with its method, path, service and callers."""
    table = yaml.safe_load((ROOT / "deploy" / "gateway" / "routes.yaml").read_text(encoding="utf-8"))
    routes: list[dict[str, Any]] = table["routes"]
    return routes
