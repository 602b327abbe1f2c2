"""Makes access tokens for personas."""

import time
import uuid
from dataclasses import dataclass

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from local_stack.issuer.keys import public_jwk
from local_stack.issuer.personas import Persona

DEFAULT_SECONDS = 3600
LONGEST_SECONDS = 24 * 3600


class TokenError(Exception):
    """An OAuth 2 error: its code (RFC 6749, 5.2) and what to do."""

    def __init__(self, code: str, description: str) -> None:
        self.code = code
        super().__init__(description)


@dataclass(frozen=True)
class Mint:
    """Signs tokens in the name of the issuer."""

    key: ec.EllipticCurvePrivateKey
    issuer: str
    audience: str

    def token(self, persona: Persona, scopes: tuple[str, ...], seconds: int = DEFAULT_SECONDS) -> str:
        """An ES256 token. Negative seconds make one that has expired already, which tests want."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": persona.client_id,
            "aud": self.audience,
            "iat": min(now, now + seconds),
            "exp": now + seconds,
            "jti": str(uuid.uuid4()),
            **persona.claims,
            **({"scope": " ".join(scopes)} if scopes else {}),
        }
        return jwt.encode(claims, self.key, algorithm="ES256", headers={"kid": public_jwk(self.key)["kid"]})


def granted_scopes(persona: Persona, asked: str | None) -> tuple[str, ...]:
    """The scopes a token gets: the default ones, or exactly those asked for when the persona may have them."""
    if not asked:
        return persona.default_scopes
    wanted = tuple(dict.fromkeys(asked.split()))
    refused = [scope for scope in wanted if scope not in persona.scopes]
    if refused:
        raise TokenError("invalid_scope", f"{persona.client_id} may not have: {' '.join(refused)}.")
    return wanted


def lifetime(asked: str | None) -> int:
    """Seconds until the token expires, from the optional parameter expires_in."""
    try:
        seconds = int(asked) if asked else DEFAULT_SECONDS
    except ValueError:
        raise TokenError("invalid_request", "expires_in must be a whole number of seconds.") from None
    if abs(seconds) > LONGEST_SECONDS:
        raise TokenError("invalid_request", f"expires_in must lie between -{LONGEST_SECONDS} and {LONGEST_SECONDS}.")
    return seconds
