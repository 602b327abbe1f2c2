"""Sign in and out, and say who one is."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from pmm_cli.output import Output, joined
from pmm_cli.profile import Profile, delete_profile, write_profile
from pmm_cli.session import AsJson, Session, open_session


def login(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of OpenPMM, like https://pmm.example.org")],
    client_id: Annotated[
        str,
        typer.Option("--client-id", envvar="OPENPMM_CLIENT_ID", prompt=True, help="Client id that you were given."),
    ],
    client_secret: Annotated[
        str | None,
        typer.Option(envvar="OPENPMM_CLIENT_SECRET", help="Better left out: then it is asked for, or read with -."),
    ] = None,
    issuer: Annotated[
        str | None, typer.Option(help="Address of the token issuer, where it is not below URL/auth.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check the credentials of a client and keep them for this user (the file is readable by nobody else)."""
    given = client_secret or typer.prompt("Client secret", hide_input=True)
    is_piped = given == "-"
    profile = Profile(url, client_id, sys.stdin.readline().rstrip("\n") if is_piped else given, issuer)
    session = Session(profile, Output(as_json))
    claims = session.claims()
    session.api.get("/api/v1/cycles")  # whether it is there at all, and takes the token
    path = write_profile(profile)
    who = {"url": url, "client_id": client_id, "roles": claims.get("roles"), "kept_in": str(path)}
    session.output.result(who, f"Signed in at {url} as {client_id}. Kept in {path}.")


def logout(as_json: AsJson = False) -> None:
    """Forget the credentials."""
    existed = delete_profile()
    Output(as_json).result({"signed_out": existed}, "Signed out." if existed else "Nobody was signed in.")


def whoami(as_json: AsJson = False) -> None:
    """Say as whom and where this client works, and what its token allows."""
    session = open_session(as_json)
    claims = session.claims()
    who = {
        "url": session.profile.url,
        "client_id": session.profile.client_id,
        "roles": claims.get("roles", []),
        "administration": claims.get("administration"),
        "scope": claims.get("scope", ""),
        "token_expires_at": _time(claims.get("exp")),
    }
    session.output.result(who)
    session.output.table("Who am I", ("", ""), [(name, joined(value)) for name, value in who.items()])


def _time(seconds: int | None) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else None
