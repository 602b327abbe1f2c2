"""The public route table, as tests use it."""

from pathlib import Path
from string import Formatter
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]


def public_routes() -> list[dict[str, Any]]:
    """Every public route with its method, path, service and callers."""
    table = yaml.safe_load((ROOT / "deploy" / "gateway" / "routes.yaml").read_text(encoding="utf-8"))
    routes: list[dict[str, Any]] = table["routes"]
    return routes


# What stands in a path of the table where a test does not say otherwise.
EXAMPLES = {
    "version": "1",
    "kpi": "SHARE",
    "region": "ESA",
    "administration": "KEN",
    "file": "style.css",
    "path": "style.css",
    "settling": "resolve",
    "job": "00000000-0000-4000-8000-000000000000",
}
# What a route cannot do without in its query.
QUERIES = {"/as-seen-by": "?role=no_token", "/history": "?year=2024"}


def address(path: str, **values: str) -> str:
    """A path of the table with values for its parameters."""
    code = "small" if "/frameworks/" in path else "wco-members"
    unknown = {name: "none" for _, name, _, _ in Formatter().parse(path) if name}
    query = next((query for ending, query in QUERIES.items() if path.endswith(ending)), "")
    return path.format(**unknown | {"code": code} | EXAMPLES | values) + query
