"""Made-up persons for tests of a service: the name of a person is his token."""

from collections.abc import Mapping
from typing import Any

from access_policy import PUBLIC_VIEWER, Viewer, viewer_from_claims
from service_kit.auth import Authenticator, TokenVerifier

FAR_AWAY = 4_102_444_800  # the year 2100: these tokens do not expire


class MadeUpPersons(TokenVerifier):
    """Takes the name of a person for his token."""

    def __init__(self, claims: Mapping[str, Mapping[str, Any]]) -> None:
        self._claims = claims  # no keys are needed

    def verify(self, token: str) -> dict[str, Any]:
        """What a real token of this person would say."""
        return {"sub": token, "exp": FAR_AWAY, **self._claims[token]}


def made_up_persons(claims: Mapping[str, Mapping[str, Any]]) -> Authenticator[Viewer]:
    """An authenticator that knows these persons, by name."""
    return Authenticator(MadeUpPersons(claims), PUBLIC_VIEWER, viewer_from_claims)
