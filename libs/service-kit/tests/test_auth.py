"""Tokens: only a token of the issuer, for this audience, signed and not expired, is taken."""

import base64
import json
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from service_kit.auth import Authenticator, TokenVerifier, bearer_token
from service_kit.errors import ProblemError

KEY = ec.generate_private_key(ec.SECP256R1())
OTHER_KEY = ec.generate_private_key(ec.SECP256R1())
ISSUER = "https://issuer.test"


@pytest.fixture(scope="module")
def jwks_url() -> Iterator[str]:
    """An issuer's key set over HTTP."""
    jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(KEY.public_key())) | {"kid": "k1", "use": "sig", "alg": "ES256"}
    body = json.dumps({"keys": [jwk]}).encode()

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def claims(**changes: Any) -> dict[str, Any]:
    """Valid claims with changes; a change to None removes the claim."""
    now = int(time.time())
    valid = {"iss": ISSUER, "aud": "openpmm", "sub": "system-ken", "iat": now, "exp": now + 60} | changes
    return {name: value for name, value in valid.items() if value is not None}


def token(key: Any = KEY, algorithm: str = "ES256", **changes: Any) -> str:
    """A signed token."""
    return jwt.encode(claims(**changes), key, algorithm=algorithm, headers={"kid": "k1"})


def unsigned() -> str:
    """A token with `alg: none`."""
    parts = [{"alg": "none", "kid": "k1"}, claims()]
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "."


def test_a_valid_token_gives_its_claims(jwks_url: str) -> None:
    verifier = TokenVerifier(jwks_url, ISSUER, "openpmm")
    valid = token()
    assert verifier.verify(valid)["sub"] == "system-ken"
    assert verifier.verify(valid) is verifier.verify(valid)


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(lambda: token(iss="https://elsewhere.test"), id="issuer"),
        pytest.param(lambda: token(aud="another"), id="audience"),
        pytest.param(lambda: token(key=OTHER_KEY), id="signature"),
        pytest.param(lambda: token(sub=None), id="no subject"),
        pytest.param(lambda: token(exp=None), id="no expiry"),
        pytest.param(unsigned, id="unsigned"),
        pytest.param(lambda: jwt.encode(claims(), "x" * 32, algorithm="HS256", headers={"kid": "k1"}), id="shared key"),
        pytest.param(lambda: token() + "x", id="tampered"),
        pytest.param(lambda: "no.token", id="no token"),
    ],
)
def test_any_other_token_is_refused(jwks_url: str, bad: Any) -> None:
    verifier = TokenVerifier(jwks_url, ISSUER, "openpmm")
    with pytest.raises(ProblemError, match=r"^token\.invalid"):
        verifier.verify(bad())


def test_an_expired_token_is_refused_by_name_also_when_it_was_known(jwks_url: str) -> None:
    verifier = TokenVerifier(jwks_url, ISSUER, "openpmm")
    expiry = int(time.time()) + 1
    short = token(exp=expiry)
    verifier.verify(short)
    while time.time() <= expiry:
        time.sleep(0.05)
    with pytest.raises(ProblemError, match=r"^token\.expired"):
        verifier.verify(short)


def test_keys_out_of_reach_are_not_the_callers_fault() -> None:
    verifier = TokenVerifier("http://127.0.0.1:9/", ISSUER, "openpmm")
    with pytest.raises(ProblemError, match=r"^token\.keys_unavailable"):
        verifier.verify(token())


@pytest.mark.parametrize("header", ["Basic abc", "bearer abc", "Bearer", "Bearer  ", "abc"])
def test_another_kind_of_authorization_is_refused(header: str) -> None:
    with pytest.raises(ProblemError, match=r"^token\.malformed"):
        bearer_token(header)


def test_claims_that_make_no_sense_are_refused(jwks_url: str) -> None:
    def refuse(_: Mapping[str, Any], __: str) -> str:
        raise ValueError("A system needs an administration.")

    authenticator = Authenticator(TokenVerifier(jwks_url, ISSUER, "openpmm"), "nobody", refuse)
    assert authenticator.viewer(None) == "nobody"
    with pytest.raises(ProblemError, match=r"^token\.not_acceptable: A system needs an administration\."):
        authenticator.viewer(f"Bearer {token()}")
