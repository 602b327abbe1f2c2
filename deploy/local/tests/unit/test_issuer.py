"""The local issuer: tokens for personas, in the embedded mode only, and a sign-in page for browsers."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jwt
import pytest
from fastapi.testclient import TestClient

from local_stack.issuer.app import COOKIE, create_app
from local_stack.issuer.keys import signing_key
from local_stack.issuer.personas import load_personas
from local_stack.issuer.tokens import Mint
from local_stack.settings import StackSettings

ISSUER = "http://127.0.0.1:8080/auth"
PERSONAS = load_personas(StackSettings().register_file)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    mint = Mint(signing_key(tmp_path / "key.pem"), ISSUER, "openpmm")
    return TestClient(create_app(mint, PERSONAS), follow_redirects=False)


def ask(client: TestClient, client_id: str, **more: str) -> Any:
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": "local-only", **more}
    return client.post("/auth/oauth2/token", data=form)


def verified(client: TestClient, token: str) -> dict[str, Any]:
    keys = jwt.PyJWKSet.from_dict(client.get("/auth/.well-known/jwks.json").json())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims: dict[str, Any] = jwt.decode(token, key, algorithms=["ES256"], audience="openpmm", issuer=ISSUER)
    return claims


@pytest.mark.parametrize(
    ("client_id", "claims"),
    [
        ("secretariat", {"roles": ["secretariat"]}),
        ("contact-ken", {"roles": ["contact_point"], "administration": "KEN"}),
        ("system-ken", {"roles": ["system"], "administration": "KEN", "scope": "submission:push"}),
        ("office-esa", {"roles": ["regional_office"], "region": "ESA"}),
        ("reviewer", {"roles": ["reviewer"]}),
        ("integrator-wco", {"roles": ["integrator"], "level": "wco"}),
        ("integrator-public", {"roles": ["integrator"], "level": "public"}),
        ("loader", {"roles": ["loader"], "scope": "submission:push submission:submit"}),
    ],
)
def test_gives_each_persona_its_claims(client: TestClient, client_id: str, claims: dict[str, Any]) -> None:
    answer = ask(client, client_id)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    found = verified(client, answer.json()["access_token"])
    assert claims.items() <= found.items()
    assert found["sub"] == client_id
    assert {"administration", "region", "level"} & set(found) == {"administration", "region", "level"} & set(claims)
    assert found["exp"] - found["iat"] == answer.json()["expires_in"] == 3600


def test_knows_every_member_of_the_register() -> None:
    with StackSettings().register_file.open(encoding="utf-8", newline="") as stream:
        codes = {row["iso3"].lower() for row in csv.DictReader(stream)}
    assert len(codes) >= 187
    assert {client_id.removeprefix("contact-") for client_id in PERSONAS if client_id.startswith("contact-")} == codes
    assert {client_id.removeprefix("system-") for client_id in PERSONAS if client_id.startswith("system-")} == codes
    assert sum(client_id.startswith("office-") for client_id in PERSONAS) == 6


def test_a_system_may_submit_only_when_it_has_asked_for_it(client: TestClient) -> None:
    asked = "submission:push submission:submit"
    claims = verified(client, ask(client, "system-ken", scope=asked).json()["access_token"])
    assert claims["scope"] == asked


def test_refuses_a_scope_that_the_persona_may_not_have(client: TestClient) -> None:
    answer = ask(client, "integrator-wco", scope="submission:push")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


def test_makes_short_lived_and_expired_tokens_for_tests(client: TestClient) -> None:
    assert ask(client, "loader", expires_in="5").json()["expires_in"] == 5
    with pytest.raises(jwt.ExpiredSignatureError, match="expired"):
        verified(client, ask(client, "loader", expires_in="-60").json()["access_token"])


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"expires_in": "soon"}, 400, "invalid_request"),
        ({"expires_in": "999999999"}, 400, "invalid_request"),
    ],
)
def test_refuses_a_wrong_request(client: TestClient, changes: dict[str, str], status: int, code: str) -> None:
    answer = ask(client, changes.pop("client_id", "loader"), **changes)
    assert (answer.status_code, answer.json()["error"]) == (status, code)


def test_takes_credentials_by_http_basic(client: TestClient) -> None:
    form = {"grant_type": "client_credentials"}
    assert client.post("/auth/oauth2/token", data=form, auth=("loader", "local-only")).status_code == 200
    assert client.post("/auth/oauth2/token", data=form, auth=("loader", "x")).status_code == 401


def test_is_discovered(client: TestClient) -> None:
    document = client.get("/auth/.well-known/openid-configuration").json()
    assert document["issuer"] == ISSUER
    assert document["token_endpoint"] == f"{ISSUER}/oauth2/token"
    assert document["jwks_uri"] == f"{ISSUER}/.well-known/jwks.json"


def test_publishes_the_public_half_of_the_key_only(client: TestClient) -> None:
    (key,) = client.get("/auth/.well-known/jwks.json").json()["keys"]
    assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}


def test_keeps_its_key(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    assert signing_key(path).private_numbers() == signing_key(path).private_numbers()
    assert path.stat().st_mode & 0o077 == 0


def test_signs_a_browser_in_with_a_cookie_that_scripts_cannot_read(client: TestClient) -> None:
    answer = client.post("/auth/sign-in", data={"client_id": "contact-ken"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert verified(client, answer.cookies[COOKIE])["administration"] == "KEN"


def test_signs_out(client: TestClient) -> None:
    answer = client.post("/auth/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert re.search(rf'{COOKIE}="?"?;.*Max-Age=0', answer.headers["set-cookie"])


def test_the_page_lists_the_personas_and_says_where_it_exists(client: TestClient) -> None:
    page = client.get("/auth/sign-in").text
    assert "embedded mode only" in page
    assert '<option value="contact-ken">Contact point, Kenya</option>' in page
    assert '<label for="client_id">' in page


def test_the_page_says_what_was_wrong_without_becoming_markup(client: TestClient) -> None:
    answer = client.post("/auth/sign-in", data={"client_id": '"><script>'})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "<script>" not in answer.text


def test_another_site_cannot_sign_a_browser_in(client: TestClient) -> None:
    forged = {"Origin": "https://elsewhere.example"}
    answer = client.post("/auth/sign-in", data={"client_id": "contact-ken"}, headers=forged)
    assert answer.status_code == 403
    assert COOKIE not in answer.cookies


@pytest.mark.parametrize("header", [b"Basic \xe9", b"Basic abc", b"Basic " + b"/" * 7])
def test_refuses_odd_credentials_in_words(client: TestClient, header: bytes) -> None:
    answer = client.post(
        "/auth/oauth2/token", data={"grant_type": "client_credentials"}, headers={b"authorization": header}
    )
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_an_origin_that_is_no_address_is_another_site(client: TestClient) -> None:
    answer = client.post("/auth/sign-in", data={"client_id": "secretariat"}, headers={"origin": "http://[bad"})
    assert answer.status_code == 403


@pytest.mark.parametrize("mode", ["production", ""])
def test_refuses_to_start_outside_the_embedded_mode(tmp_path: Path, mode: str) -> None:
    settings = {"OPENPMM_TOKEN_ISSUER": ISSUER, "OPENPMM_SIGNING_KEY_FILE": str(tmp_path / "key.pem")}
    settings |= {"OPENPMM_REGISTER_FILE": str(StackSettings().register_file), "OPENPMM_HTTP_PORT": "1"}
    environment = {**os.environ, **settings, **({"OPENPMM_MODE": mode} if mode else {})}
    line = [sys.executable, "-m", "local_stack.issuer"]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert "embedded mode only" in done.stderr
    assert not (tmp_path / "key.pem").exists()
