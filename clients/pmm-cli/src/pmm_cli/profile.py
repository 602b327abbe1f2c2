"""Where and as whom this client works: from the environment, or from what `pmm login` has kept for this user."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx
from platformdirs import user_config_path

from pmm_cli.errors import Exit, PmmError, usage

URL, CLIENT_ID, CLIENT_SECRET, ISSUER = (
    "OPENPMM_URL",
    "OPENPMM_CLIENT_ID",
    "OPENPMM_CLIENT_SECRET",
    "OPENPMM_ISSUER",
)


@dataclass(frozen=True)
class Profile:
    """An address, and the client to be there; without a client id one is the public."""

    url: str
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    issuer: str | None = None

    def __post_init__(self) -> None:
        for address in filter(None, (self.url, self.issuer)):
            if not is_address(address):
                raise usage(f"{address} is no address. Write it whole, like https://pmm.example.org")

    @property
    def issuer_url(self) -> str:
        """Where tokens come from; the embedded mode has its issuer behind the gateway."""
        return self.issuer or f"{self.url.rstrip('/')}/auth"


def is_address(text: str) -> bool:
    """Whether requests can be sent there."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        return False
    return url.scheme in ("http", "https") and bool(url.host)


def profile_path() -> Path:
    """The file that `pmm login` writes; readable by its user only."""
    return user_config_path("openpmm") / "pmm.json"


def read_profile() -> Profile:
    """The profile; the environment wins, so that scripts need no file.

    Raises:
        PmmError: nothing says where the server is.
    """
    if url := os.environ.get(URL):
        return Profile(url, os.environ.get(CLIENT_ID), os.environ.get(CLIENT_SECRET), os.environ.get(ISSUER))
    path = profile_path()
    if not path.exists():
        message = f"Nobody is signed in here. Run: pmm login URL, or set {URL}, {CLIENT_ID} and {CLIENT_SECRET}."
        raise PmmError("login.missing", message, Exit.NOT_ALLOWED)
    try:
        return Profile(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        message = f"What was kept in {path} cannot be read. Run: pmm login URL."
        raise PmmError("login.unreadable", message, Exit.NOT_ALLOWED) from error


def write_profile(profile: Profile) -> Path:
    """Keep the profile for this user, readable by nobody else at any moment."""
    path = profile_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(asdict(profile), stream)
    new.replace(path)
    return path


def delete_profile() -> bool:
    """Forget it; whether there was one."""
    path = profile_path()
    existed = path.exists()
    path.unlink(missing_ok=True)
    return existed
