"""Generated passwords of the embedded databases, kept in one file that only its owner can read."""

import json
import secrets

from local_stack.folders import Folders, write_private
from local_stack.settings import SERVICES

ADMINISTRATOR = "administrator"


def passwords(folders: Folders) -> dict[str, str]:
    """One for the administrator and one for each service; made at the first start, the same ever after."""
    if folders.passwords.exists():
        stored: dict[str, str] = json.loads(folders.passwords.read_text(encoding="utf-8"))
        return stored
    made = {name: secrets.token_urlsafe(24) for name in (ADMINISTRATOR, *SERVICES)}
    write_private(folders.passwords, json.dumps(made, indent=1))
    return made
