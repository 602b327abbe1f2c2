"""Every public route as every role: who may call it, and that no other token gets anywhere."""

import base64
import json
import time
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from local_stack.issuer.keys import signing_key
from local_stack.stack import Stack
from tests.support.gateway import Api, accept, open_cycle, push, submit, wait_for_score
from tests.support.routes import address, public_routes

ROUTES = public_routes()
# Persona -> the role it has in a route about Kenya; a member's roles count for its own administration only.
PERSONAS = {
    None: "public",
    "secretariat": "secretariat",
    "contact-ken": "contact_point",
    "system-ken": "system",
    "contact-fra": "foreign",
    "system-fra": "foreign",
    "office-esa": "regional_office",
    "office-eur": "regional_office",
    "reviewer": "reviewer",
    "reviewer-ken": "assigned",
    "integrator-public": "integrator",
    "integrator-wco": "integrator",
    "loader": "loader",
}
MEMBER = {"contact_point", "system"}


@pytest.fixture(scope="module")
def scored_cycle(api: Api) -> str:
    """A cycle in which Kenya is scored and nothing is disclosed."""
    cycle = open_cycle(api, "who-may")
    push(api, cycle, "KEN")
    submit(api, cycle, "KEN")
    accept(api, cycle, "KEN")
    wait_for_score(api, cycle, "KEN")
    return cycle


def place(route: dict[str, Any], cycle: str) -> str:
    """The route's path with real values; writes go to a cycle that does not exist, so that nothing happens."""
    return address(route["path"], cycle=cycle if route["method"] == "GET" else "no-such-cycle")


def may(route: dict[str, Any], persona: str | None) -> bool:
    """Whether the table lets the persona call the route."""
    callers, role = set(route["callers"]), PERSONAS[persona]
    if "anyone" in callers:
        return True
    if role == "foreign":
        own_role = "system" if str(persona).startswith("system-") else "contact_point"
        return "{administration}" not in route["path"] and own_role in callers
    if role == "assigned":
        about_one_member = "{administration}" in route["path"]
        reads = about_one_member and route["method"] == "GET" and "reviewer" not in route.get("closed_to", ())
        return "reviewer" in callers or (reads and not callers.isdisjoint(MEMBER))
    return role in callers


def ask(stack: Stack, route: dict[str, Any], cycle: str, headers: dict[str, str]) -> tuple[int, str]:
    """Status and code of the answer; a stream is left after its head."""
    content: dict[str, Any] = {} if route["method"] == "GET" else {"json": {}}
    with httpx.stream(
        route["method"], stack.url + place(route, cycle), headers=headers, timeout=20, **content
    ) as answer:
        if answer.headers.get("content-type", "").startswith("application/problem+json"):
            answer.read()
            return answer.status_code, answer.json()["code"]
        return answer.status_code, ""


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route['method']} {route['path']}")
def test_a_route_is_open_to_whom_the_table_says(
    api: Api, stack: Stack, scored_cycle: str, route: dict[str, Any]
) -> None:
    wrong = []
    for persona in PERSONAS:
        scope = route.get("scope") if str(persona).startswith("system-") else None
        headers = {"authorization": f"Bearer {api.token(persona, scope)}"} if persona else {}
        status, code = ask(stack, route, scored_cycle, headers)
        refused = status in (401, 403)
        if refused == may(route, persona) or status >= 500:
            wrong.append((persona, status, code))
        if refused and status != (401 if persona is None else 403):
            wrong.append((persona, status, code))
    assert wrong == []


def bad_tokens(stack: Stack, api: Api) -> dict[str, str]:
    """Tokens that must get nowhere, by what is wrong with them."""
    good = api.token("secretariat")
    claims = jwt.decode(good, options={"verify_signature": False})
    header = jwt.get_unverified_header(good)
    ours, stranger = signing_key(stack.folders.signing_key), ec.generate_private_key(ec.SECP256R1())

    def signed(key: ec.EllipticCurvePrivateKey, **changes: Any) -> str:
        return jwt.encode(claims | changes, key, "ES256", headers={"kid": header["kid"]})

    assert ask(stack, ROUTES[0], "any", {"authorization": f"Bearer {signed(ours)}"})[0] == 200
    return {
        "expired": stack.token("secretariat", expires_in=-60),
        "wrong signature": signed(stranger),
        "wrong audience": signed(ours, aud="another"),
        "wrong issuer": signed(ours, iss="https://elsewhere.test"),
        "unsigned": ".".join(_part(part) for part in ({**header, "alg": "none"}, claims)) + ".",
        "changed": ".".join([good.split(".")[0], _part(claims | {"roles": ["loader"]}), good.split(".")[2]]),
        "not a token": "abc",
    }


def _part(document: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).rstrip(b"=").decode()


@pytest.fixture(scope="module")
def bad(stack: Stack, api: Api) -> dict[str, str]:
    """The bad tokens."""
    return bad_tokens(stack, api)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route['method']} {route['path']}")
def test_a_bad_token_is_refused_on_every_route(
    stack: Stack, scored_cycle: str, bad: dict[str, str], route: dict[str, Any]
) -> None:
    answers = {
        name: ask(stack, route, scored_cycle, {"authorization": f"Bearer {token}"})[0] for name, token in bad.items()
    }
    assert set(answers.values()) == {401}, answers


def test_services_refuse_bad_tokens_themselves(stack: Stack, scored_cycle: str, bad: dict[str, str]) -> None:
    for service, path in (
        ("framework-api", "/api/v1/frameworks"),
        ("submission-api", f"/api/v1/cycles/{scored_cycle}/submissions/KEN"),
        ("scoring-api", f"/api/v1/scores/{scored_cycle}/KEN"),
        ("reporting-api", f"/api/v1/reports/{scored_cycle}/participation"),
    ):
        for name, token in bad.items():
            answer = httpx.request(
                "POST" if service == "framework-api" else "GET",
                stack.component_url(service) + path,
                headers={"authorization": f"Bearer {token}"},
                timeout=10,
            )
            assert answer.status_code == 401, (service, name, answer.text)


def test_a_cookie_opens_pages_but_not_the_api(api: Api, stack: Stack, scored_cycle: str) -> None:
    cookie = {"cookie": f"openpmm_token={api.token('contact-ken')}"}
    page = httpx.get(f"{stack.url}/cycles/{scored_cycle}/administrations/KEN", headers=cookie, timeout=10)
    assert page.status_code == 200
    read = httpx.get(f"{stack.url}/api/v1/cycles/{scored_cycle}/submissions/KEN", headers=cookie, timeout=10)
    assert read.status_code == 401


def test_a_system_submits_only_with_the_scope(api: Api) -> None:
    cycle = open_cycle(api, "scoped")
    push(api, cycle, "UGA")
    path = f"/api/v1/cycles/{cycle}/submissions/UGA/submit"
    assert api.call("POST", path, "system-uga").status_code == 403
    assert api.call("POST", path, "system-uga", scope="submission:push submission:submit").status_code == 200


def test_a_stream_ends_with_its_token(stack: Stack) -> None:
    token = stack.token("secretariat", expires_in=3)
    began = time.monotonic()
    with httpx.stream(
        "GET", f"{stack.url}/api/v1/events/stream", headers={"authorization": f"Bearer {token}"}, timeout=30
    ) as answer:
        for _ in answer.iter_lines():
            assert time.monotonic() - began < 20
    assert time.monotonic() - began < 20
