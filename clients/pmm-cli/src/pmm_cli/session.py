"""What each command works with: the API as the signed-in client, and how it shows what it found."""

import time
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

import httpx
import typer

from answer_intake.wording import known_language
from pmm_cli.api import Api, new_http
from pmm_cli.errors import usage
from pmm_cli.output import Output
from pmm_cli.profile import Profile, read_profile
from pmm_cli.tokens import ClientTokens, Credentials, NoTokens, Tokens, claims_of

CycleCode = Annotated[str, typer.Argument(metavar="CYCLE", help="Code of the cycle, as `pmm cycles` lists it.")]
Administration = Annotated[
    str | None,
    typer.Option("--administration", "-a", metavar="CODE", help="Administration; left out, the one you belong to."),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="MOMENT", help="As it was at a moment with its zone, like 2026-01-31T12:00:00Z."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
Language = Annotated[
    str, typer.Option("--language", "-l", envvar="OPENPMM_LANGUAGE", help="Language of texts: en or fr.")
]


@dataclass
class Session:
    """One run of one command."""

    profile: Profile
    output: Output
    transport: httpx.BaseTransport | None = None

    @cached_property
    def http(self) -> httpx.Client:
        """The connections."""
        return new_http(self.transport)

    @cached_property
    def api(self) -> Api:
        """The API as the signed-in client."""
        given = self.profile
        tokens: Tokens = NoTokens()
        if given.client_id is not None:
            credentials = Credentials(given.issuer_url, given.client_id, given.client_secret or "")
            tokens = ClientTokens(self.http, credentials, time.sleep)
        return Api(self.http, given.url, tokens, time.sleep, self.output.note, self.output.language)

    def claims(self) -> dict[str, Any]:
        """What the client's token says; nothing for the public."""
        token = self.api.tokens.get()
        return claims_of(token) if token else {}

    def administration(self, given: str | None) -> str:
        """The administration to work for.

        Raises:
            PmmError: it was left out and the client belongs to none.
        """
        found = given or self.claims().get("administration")
        if not found:
            raise usage("This client belongs to no administration. Name one with --administration.")
        return str(found)

    def submission(self, cycle: str, administration: str | None) -> str:
        """The path of a submission."""
        return f"/api/v1/cycles/{cycle}/submissions/{self.administration(administration)}"


def open_session(as_json: bool, language: str = "en") -> Session:
    """The session of a command; `language` is what its tables and sentences come in."""
    return Session(read_profile(), Output(as_json, known_language(language)))
