"""The key that signs the checkpoints of the audit trail: made once, kept in the data folder, for its owner only."""

from pathlib import Path

from local_stack.folders import write_private
from service_kit.audit.keys import new_key_pem


def ensure(path: Path) -> None:
    """Make the key unless it is there."""
    if not path.exists():
        write_private(path, new_key_pem())
