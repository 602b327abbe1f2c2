"""`deploy/gateway/routes.yaml`, the services' code and the gateway's prefixes say the same."""

from pathlib import Path

import yaml
from fastapi.routing import iter_route_contexts

from tests.support.routes import public_routes
from tests.support.services import SERVICES, application

ROOT = Path(__file__).resolve().parents[2]
INTERNAL = ("/health/", "/metrics")
ROLES = {"anyone", "secretariat", "contact_point", "system", "reviewer", "regional_office", "integrator", "loader"}


def in_code(service: str) -> set[tuple[str, str, str]]:
    """Method, path and service of everything that the application answers, without the internal probes."""
    found = set()
    for route in iter_route_contexts(application(service).routes):
        path = str(route.path)
        if route.methods:
            found |= {(method, path, f"{service}-svc") for method in route.methods if method != "HEAD"}
        else:
            found.add(("GET", f"{path}/{{path}}", f"{service}-svc"))
    return {row for row in found if not row[1].startswith(INTERNAL)}


def test_every_route_of_the_code_is_in_the_table_and_the_other_way_round() -> None:
    documented = {(row["method"], row["path"], row["service"]) for row in public_routes()}
    assert documented == set().union(*(in_code(service) for service in SERVICES))


def test_the_gateway_routes_each_path_to_the_service_that_answers_it() -> None:
    prefixes = yaml.safe_load((ROOT / "deploy" / "gateway" / "routes.yaml").read_text(encoding="utf-8"))["prefixes"]
    for row in public_routes():
        matching = [
            prefix
            for prefix in prefixes
            if row["path"] == prefix.get("path")
            or (prefix.get("prefix") and (row["path"] + "/").startswith(prefix["prefix"] + "/"))
        ]
        assert [prefix["service"] for prefix in matching] == [row["service"]], row["path"]


def test_callers_are_known_roles() -> None:
    for row in public_routes():
        assert set(row["callers"]) <= ROLES, row
        assert row["callers"], row
