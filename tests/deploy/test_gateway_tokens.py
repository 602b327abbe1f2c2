"""The gateway refuses tokens that are not valid, lets the others and none through, and vouches for who calls."""

from pathlib import Path

import jwt
import pytest

from local_stack.issuer.keys import signing_key
from local_stack.issuer.tokens import Mint
from tests.deploy.conftest import Gateway

API = "/api/v1/frameworks"
HTML = {"Accept": "text/html,application/xhtml+xml"}


def bad_tokens(gateway: Gateway, folder: Path) -> dict[str, str]:
    good = gateway.token()
    claims = jwt.decode(good, options={"verify_signature": False})
    other_key = Mint(signing_key(folder / "other.pem"), gateway.mint.issuer, gateway.mint.audience)
    head, body, signature = good.split(".")
    return {
        "expired": gateway.token(seconds=-60),
        "wrong audience": gateway.token(mint=Mint(gateway.mint.key, gateway.mint.issuer, "another")),
        "wrong issuer": gateway.token(mint=Mint(gateway.mint.key, "http://issuer.example", gateway.mint.audience)),
        "unsigned": jwt.encode(claims, "", algorithm="none"),
        "other key": gateway.token(mint=other_key),
        "changed": f"{head}.{body[:-2]}AA.{signature}",
        "no expiry": jwt.encode(
            {key: claims[key] for key in ("iss", "aud", "sub")},
            gateway.mint.key,
            algorithm="ES256",
            headers={"kid": jwt.get_unverified_header(good)["kid"]},
        ),
        "garbage": "abc",
    }


KINDS = ["expired", "wrong audience", "wrong issuer", "unsigned", "other key", "changed", "no expiry", "garbage"]


@pytest.mark.parametrize("path", [API, "/", "/api/v1/events/stream"])
@pytest.mark.parametrize("kind", KINDS)
def test_refuses_a_token_that_is_not_valid(gateway: Gateway, tmp_path: Path, kind: str, path: str) -> None:
    token = bad_tokens(gateway, tmp_path)[kind]
    answer = gateway.http.get(path, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (401, "gateway.token_refused")
    assert "oken" in problem["detail"]
    assert token not in answer.text


def test_says_who_calls_when_the_token_is_valid(gateway: Gateway) -> None:
    headers = gateway.http.get(API, headers=gateway.bearer("system-ken")).json()["headers"]
    assert headers["x-consumer"] == "system-ken"
    assert headers["authorization"].startswith("Bearer ey")


def test_lets_requests_without_a_token_through_for_the_services_to_decide(gateway: Gateway) -> None:
    answer = gateway.http.get(API)
    assert answer.status_code == 200
    assert "x-consumer" not in answer.json()["headers"]


FORGED = {
    **{
        "x-consumer": "secretariat",
        "X-Forwarded-User": "root",
        "X-Forwarded-For": "192.0.2.77",
        "X-Real-IP": "192.0.2.77",
    },
    **{"X-Forwarded-Host": "evil.example", "Forwarded": "for=192.0.2.77", "X-Client-Key": "other"},
    **{"X-Original-URL": "/admin", "X-HTTP-Method-Override": "DELETE", "X-Client-Address": "192.0.2.77"},
}


@pytest.mark.parametrize("client_id", [None, "system-ken"])
def test_removes_what_a_client_claims_about_itself(gateway: Gateway, client_id: str | None) -> None:
    own = gateway.bearer(client_id) if client_id else {}
    arrived = gateway.http.get(API, headers={**FORGED, **own}).json()["headers"]
    assert arrived.get("x-consumer") == client_id
    assert not set(FORGED.values()) & set(arrived.values())


def test_takes_the_cookie_for_pages(gateway: Gateway) -> None:
    cookie = {"Cookie": f"openpmm_token={gateway.token('contact-ken')}"}
    assert gateway.http.get("/cycles/x", headers=cookie).json()["headers"]["x-consumer"] == "contact-ken"


def test_passes_a_form_of_a_page_with_the_cookie_and_what_the_browser_says_of_its_origin(gateway: Gateway) -> None:
    said = {"origin": "http://pages.test", "sec-fetch-site": "same-origin", "host": "pages.test"}
    cookie = {"cookie": f"openpmm_token={gateway.token('contact-ken')}"}
    files = {"file": ("filled.xlsx", b"x" * 2_000_000, "x/y")}
    answer = gateway.http.post("/my-submission/c-2024/upload", headers=said | cookie, files=files).json()
    assert answer["headers"]["x-consumer"] == "contact-ken"
    assert (said | cookie).items() <= answer["headers"].items()
    assert answer["bytes"] > 2_000_000


@pytest.mark.parametrize("token", ["valid", "broken"])
def test_never_takes_the_cookie_for_the_api(gateway: Gateway, token: str) -> None:
    value = gateway.token("contact-ken") if token == "valid" else "broken"
    for method in ("GET", "POST"):
        answer = gateway.http.request(method, API, headers={"Cookie": f"openpmm_token={value}"})
        assert answer.status_code == 200
        assert not {"x-consumer", "cookie", "authorization"} & set(answer.json()["headers"])


def test_never_takes_a_token_from_the_query(gateway: Gateway) -> None:
    answer = gateway.http.get(API, params={"access_token": gateway.token()})
    assert "x-consumer" not in answer.json()["headers"]


def test_tells_a_browser_in_html_that_its_sign_in_is_over_and_signs_it_out(gateway: Gateway) -> None:
    expired = {"Cookie": f"openpmm_token={gateway.token(seconds=-60)}"}
    answer = gateway.http.get("/", headers={**HTML, **expired})
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("text/html")
    assert "/auth/sign-in" in answer.text
    assert "openpmm_token=;" in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]


def test_api_errors_are_problem_documents_for_browsers_too(gateway: Gateway) -> None:
    answer = gateway.http.get(API, headers={**HTML, "Authorization": "Bearer abc"})
    assert answer.headers["content-type"] == "application/problem+json"


def test_reaches_the_issuer_without_looking_at_tokens(gateway: Gateway) -> None:
    form = {"grant_type": "client_credentials", "client_id": "loader", "client_secret": "local-only"}
    answer = gateway.http.post("/auth/oauth2/token", data=form, headers={"Cookie": "openpmm_token=broken"})
    assert answer.status_code == 200
    token = answer.json()["access_token"]
    again = gateway.http.get(API, headers={"Authorization": f"Bearer {token}"})
    assert again.json()["headers"]["x-consumer"] == "loader"
