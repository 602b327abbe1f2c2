"""`verify-audit [FILE]`: recompute the whole audit chain; FILE holds checkpoints that were kept elsewhere."""

import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from service_kit.audit import stored
from service_kit.audit.canonical import Checkpoint
from service_kit.audit.keys import AuditKeyError, AuditKeys, keys_or_none
from service_kit.audit.verifying import Verification
from service_kit.audit.whole import verify_kept, verify_stored
from service_kit.audit.wording import words
from service_kit.database import Reader, build_engine, is_database_away
from service_kit.process import Process
from service_kit.revisions import WrongRevisionError, require_newest

INTACT, BROKEN, NOT_LOOKED = 0, 1, 2
DRIVER = "postgresql+psycopg"


class VerifySettings(BaseSettings):
    """All that the command must be told: which database, and whose signatures are trusted."""

    model_config = SettingsConfigDict(env_prefix="OPENPMM_")

    database_url: SecretStr
    audit_key_file: Path | None = None


class CannotVerifyError(Exception):
    """Nothing can be said about the chain; the text is one sentence that says what to mend."""


class _Kept(BaseModel):
    number: int
    position: int
    hash: str
    at: AwareDatetime
    key: str
    signature: str


class _KeptList(BaseModel):
    items: list[_Kept]


def run(process: Process, arguments: Sequence[str] = ()) -> int:
    """0 when the chain is intact, 1 when it is broken, a line for each place; 2 when it could not be looked at."""
    try:
        url, keys = _settings()
        kept = [each for name in arguments for each in _read(Path(name))]
        result, waiting = _verify(process, url, keys, kept)
    except CannotVerifyError as error:
        print(f"The audit chain was NOT looked at: {error}", file=sys.stderr)  # noqa: T201 - what it is for
        return NOT_LOOKED
    _tell(result, len(kept), waiting)
    return INTACT if result.is_intact else BROKEN


def _settings() -> tuple[str, AuditKeys]:
    """The address of the database and the keys.

    Raises:
        CannotVerifyError: a setting is missing or cannot be used.
    """
    try:
        settings = VerifySettings()
    except ValidationError:
        raise CannotVerifyError("set OPENPMM_DATABASE_URL, the address of the database of the service.") from None
    url = settings.database_url.get_secret_value()
    try:
        driver = make_url(url).drivername
    except ArgumentError:
        driver = ""
    if driver != DRIVER:
        raise CannotVerifyError(f"OPENPMM_DATABASE_URL must be an address that begins with {DRIVER}://.")
    try:
        return url, keys_or_none(settings.audit_key_file)
    except (OSError, AuditKeyError) as error:
        raise CannotVerifyError(f"the key file of OPENPMM_AUDIT_KEY_FILE cannot be used ({error}).") from None


def _read(path: Path) -> list[Checkpoint]:
    """Checkpoints as `GET .../checkpoints` of the service gives them.

    Raises:
        CannotVerifyError: there is no such file, or it holds something else.
    """
    try:
        kept = _KeptList.model_validate_json(path.read_bytes())
    except OSError as error:
        raise CannotVerifyError(f"the checkpoints in {path} cannot be read ({error.strerror}).") from None
    except ValidationError:
        raise CannotVerifyError(f"{path} is not what GET .../checkpoints has answered.") from None
    return [Checkpoint(**each.model_dump()) for each in kept.items]


def _verify(process: Process, url: str, keys: AuditKeys, kept: Sequence[Checkpoint]) -> tuple[Verification, int]:
    """What was found, and how many entries wait to be sealed.

    Raises:
        CannotVerifyError: the database does not answer, refuses, or is of another revision.
    """
    engine = build_engine(url, pool_size=1)
    try:
        require_newest(process.migrations, engine)
        with Reader(engine).connect() as connection:
            looked = verify_stored(connection, process.name, keys)
            result = looked.result if looked else Verification()
            for found in verify_kept(connection, process.name, keys, kept):
                result.note(found)
            return result, stored.count_waiting(connection)
    except WrongRevisionError as error:
        raise CannotVerifyError(str(error)) from None
    except DBAPIError as error:
        what = "cannot be reached" if is_database_away(error) else "refuses"
        raise CannotVerifyError(f"the database {what} ({str(error.orig).splitlines()[0]}).") from None
    finally:
        engine.dispose()


def _tell(result: Verification, kept: int, waiting: int) -> None:
    lines = [words(found) for found in result.breaks]
    if result.found > len(lines):
        lines.append(f"... and {result.found - len(lines):,} more.")
    state = "intact" if result.is_intact else "BROKEN"
    seen = f"{result.entries:,} entries, {result.checkpoints:,} checkpoints and {kept:,} kept ones"
    lines.append(f"The audit chain is {state}: {seen} were looked at; {waiting:,} entries wait to be sealed.")
    if not result.signatures_checked:
        lines.append("Signatures were NOT checked: set OPENPMM_AUDIT_KEY_FILE (the public key is enough).")
    print("\n".join(lines))  # noqa: T201 - what it is for
