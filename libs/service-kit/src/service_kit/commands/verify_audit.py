"""`verify-audit [FILE]`: recompute the whole audit chain; FILE holds checkpoints that were kept elsewhere."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import AwareDatetime, BaseModel

from service_kit.audit import stored
from service_kit.audit.canonical import Checkpoint
from service_kit.audit.keys import keys_or_none
from service_kit.audit.verifying import Verification
from service_kit.audit.whole import verify_kept, verify_stored
from service_kit.audit.wording import words
from service_kit.commands.ready import require_newest_revision
from service_kit.database import Reader, build_engine
from service_kit.process import Process
from service_kit.settings import ServiceSettings


class _Kept(BaseModel):
    number: int
    position: int
    hash: str
    at: AwareDatetime
    key: str
    signature: str


class _KeptList(BaseModel):
    items: list[_Kept]


def run(process: Process, settings: ServiceSettings, arguments: Sequence[str] = ()) -> int:
    """0 when the chain is intact, else 1; what is wrong stands in the output, a line each."""
    require_newest_revision(process, settings)
    keys = keys_or_none(settings.audit_key_file)
    engine = build_engine(settings.database_url.get_secret_value(), pool_size=1)
    with Reader(engine).connect() as connection:
        looked = verify_stored(connection, process.name, keys)
        result = looked.result if looked else Verification()
        kept = [each for name in arguments for each in _read(Path(name))]
        for found in verify_kept(connection, process.name, keys, kept):
            result.note(found)
        waiting = stored.count_waiting(connection)
    engine.dispose()
    _tell(result, len(kept), waiting)
    return 0 if result.is_intact else 1


def _read(path: Path) -> list[Checkpoint]:
    """Checkpoints as `GET /api/v1/audit/checkpoints` gives them."""
    return [Checkpoint(**each.model_dump()) for each in _KeptList.model_validate_json(path.read_bytes()).items]


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
