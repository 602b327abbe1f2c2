"""Tokens: checks signature, issuer, audience and expiry of a JWT against the issuer's keys (JWKS)."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import jwt
from jwt.exceptions import InvalidTokenError, PyJWKClientConnectionError, PyJWKClientError

from service_kit.errors import Kind, ProblemError

V = TypeVar("V")
ALGORITHMS = ["ES256", "RS256", "EdDSA"]
CLAIMS = ["exp", "iat", "iss", "aud", "sub"]
CACHED_TOKENS = 2_000


class TokenVerifier:
    """Verifies tokens. A verified token is remembered until it expires, so that a client pays once for the check."""

    def __init__(self, jwks_url: str, issuer: str, audience: str) -> None:
        self._keys = jwt.PyJWKClient(jwks_url, cache_jwk_set=True, lifespan=300, timeout=3)
        self._issuer = issuer
        self._audience = audience
        self._known: dict[str, Mapping[str, Any]] = {}

    def verify(self, token: str) -> Mapping[str, Any]:
        """The claims of a valid token.

        Raises:
            ProblemError: `token.invalid` (401), `token.expired` (401), or `token.keys_unavailable` (503).
        """
        known = self._known.get(token)
        if known is not None and known["exp"] > time.time():
            return known
        claims = self._decode(token)
        if len(self._known) >= CACHED_TOKENS:
            self._known.clear()
        self._known[token] = claims
        return claims

    def _decode(self, token: str) -> Mapping[str, Any]:
        try:
            key = self._keys.get_signing_key_from_jwt(token)
            return jwt.decode(
                token,
                key.key,
                algorithms=ALGORITHMS,
                audience=self._audience,
                issuer=self._issuer,
                options={"require": CLAIMS},
            )
        except jwt.ExpiredSignatureError:
            raise ProblemError(
                "token.expired",
                Kind.UNAUTHENTICATED,
                "The token has expired; get a new one and send this again.",
                french="Le jeton a expiré ; demandez-en un nouveau et renvoyez la requête.",
            ) from None
        except PyJWKClientConnectionError:
            raise ProblemError(
                "token.keys_unavailable",
                Kind.UNAVAILABLE,
                "The issuer's keys cannot be fetched at the moment.",
                french="Les clés de l'émetteur des jetons ne sont pas accessibles pour le moment.",
            ) from None
        except (InvalidTokenError, PyJWKClientError):
            raise ProblemError(
                "token.invalid",
                Kind.UNAUTHENTICATED,
                "The token is not one that this service accepts.",
                french="Ce service n'accepte pas ce jeton.",
            ) from None


def bearer_token(header: str | None) -> str | None:
    """The token of an Authorization header, or None without one.

    Raises:
        ProblemError: `token.malformed` (401) when the header is there but is not a bearer token.
    """
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    # The gateway knows this one spelling: another would pass it unseen and be counted as no client's.
    if scheme != "Bearer" or not token.strip():
        raise ProblemError(
            "token.malformed",
            Kind.UNAUTHENTICATED,
            "The Authorization header must be `Bearer <token>`.",
            french="L'en-tête Authorization doit être de la forme `Bearer <token>`.",
        )
    return token.strip()


class Authenticator(Generic[V]):
    """Turns a request into a viewer: the anonymous one without a token, else what the verified claims say."""

    def __init__(
        self, verifier: TokenVerifier, anonymous: V, from_claims: Callable[[Mapping[str, Any], str], V]
    ) -> None:
        self._verifier = verifier
        self._anonymous = anonymous
        self._from_claims = from_claims

    def viewer(self, authorization: str | None) -> V:
        """The viewer behind an Authorization header.

        Raises:
            ProblemError: 401 for a token that is not valid, 403 `token.not_acceptable` for claims that make no sense.
        """
        token = bearer_token(authorization)
        if token is None:
            return self._anonymous
        try:
            return self._from_claims(self._verifier.verify(token), token)
        except ValueError as error:
            raise ProblemError("token.not_acceptable", Kind.FORBIDDEN, str(error)) from None
