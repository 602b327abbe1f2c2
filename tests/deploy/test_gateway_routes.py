"""The gateway lets through what the public route table says, to the service that it says, and nothing else."""

import re

import httpx
import pytest

from local_stack.gateway.table import Route, load_route_table
from local_stack.issuer.personas import load_personas
from local_stack.settings import StackSettings
from tests.deploy.conftest import Gateway

ROUTES = load_route_table().routes
STREAM = "/api/v1/events/stream"
ANSWERED_AT_ONCE = [row for row in ROUTES if row.path != STREAM]
NOT_PUBLIC = [
    *("/api/v1/frameworksx", "/api/v1", "/api/v2/frameworks", "/api/v1/events/other", "/api/v1/openapi/other.json"),
    *("/metrics", "/health/ready", "/health/live", "/admin", "/aboutx", "/openapi.json"),
]


def concrete(route: Route) -> str:
    return re.sub(r"\{[^}]+\}", "x", route.path)


@pytest.mark.parametrize("route", ANSWERED_AT_ONCE, ids=lambda row: f"{row.method} {row.path}")
def test_sends_every_public_route_to_its_service(gateway: Gateway, route: Route) -> None:
    if route.service == "scoring-svc":
        gateway.upstreams.broken.clear()
        gateway.http.request(route.method, concrete(route))
        assert gateway.upstreams.broken[f"{route.method} {concrete(route)}"] >= 1
    else:
        answer = gateway.http.request(route.method, concrete(route))
        assert (answer.status_code, answer.json()["port"]) == (200, gateway.port_of(route.service))


@pytest.mark.parametrize("path", NOT_PUBLIC)
def test_answers_anything_else_with_a_problem_document(gateway: Gateway, path: str) -> None:
    answer = gateway.http.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (404, "gateway.not_found")
    assert "/docs" in problem["detail"]
    assert problem["request_id"] == answer.headers["x-request-id"]


def test_answers_its_own_health_check(gateway: Gateway) -> None:
    answer = gateway.http.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_callers_are_roles_of_the_issuer_or_anyone() -> None:
    roles = {
        role for persona in load_personas(StackSettings().register_file).values() for role in persona.claims["roles"]
    }
    named = {caller for route in ROUTES for caller in route.callers}
    assert named <= roles | {"anyone"}


@pytest.mark.parametrize(
    ("sent", "arrived"),
    [
        ("//api//v1/frameworks", "/api/v1/frameworks"),
        ("/api/v1/cycles/../frameworks", "/api/v1/frameworks"),
        ("/api/v1/./frameworks", "/api/v1/frameworks"),
        ("/api/v1/cycles/%2e%2e/frameworks", "/api/v1/frameworks"),
    ],
)
def test_normalises_paths_before_routing(gateway: Gateway, sent: str, arrived: str) -> None:
    answer = raw_get(gateway, sent)
    assert answer.json()["path"] == arrived
    assert answer.json()["port"] == gateway.port_of("framework-svc")


@pytest.mark.parametrize("path", ["/api/v1/cycles%2f..%2fframeworks", "/api/v1/cycles%5c..%5cx"])
def test_refuses_escaped_slashes(gateway: Gateway, path: str) -> None:
    answer = raw_get(gateway, path)
    assert (answer.status_code, answer.json()["code"]) == (400, "gateway.bad_request")


def test_refuses_headers_with_underscores(gateway: Gateway) -> None:
    answer = gateway.http.get("/api/v1/frameworks", headers={"x_consumer": "secretariat"})
    assert (answer.status_code, answer.json()["code"]) == (400, "gateway.bad_request")


def raw_get(gateway: Gateway, path: str) -> httpx.Response:
    """A GET whose path httpx does not tidy up first."""
    request = gateway.http.build_request("GET", "/")
    request.url = request.url.copy_with(raw_path=path.encode())
    return gateway.http.send(request)
