"""Where things lie below the data folder."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

SEALED = ("framework", "submission")  # services with a signed audit trail, each with a key of its own


@dataclass(frozen=True)
class Folders:
    """The layout of the data folder; nothing else is ever written to or removed from it."""

    root: Path

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def state(self) -> Path:
        return self.root / "state.json"

    @property
    def lock(self) -> Path:
        return self.root / "runner.lock"

    @property
    def passwords(self) -> Path:
        return self.root / "passwords.json"

    @property
    def signing_key(self) -> Path:
        return self.root / "issuer" / "signing-key.pem"

    def audit_key(self, service: str) -> Path:
        return self.root / service / "audit-key.pem"

    @property
    def _audit_keys(self) -> list[Path]:
        return [self.audit_key(service).parent for service in SEALED]

    @property
    def evidence(self) -> Path:
        return self.root / "evidence"

    @property
    def gateway(self) -> Path:
        return self.root / "gateway" / "envoy.yaml"

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def migrated(self) -> Path:
        return self.root / "migrated.json"

    @property
    def demo_marker(self) -> Path:
        return self.root / "demo-loaded"

    def log(self, component: str) -> Path:
        return self.logs / f"{component}.log"

    def make(self) -> None:
        """Create the folders."""
        private = (self.signing_key.parent, *self._audit_keys, self.evidence)
        for folder in (self.root, self.logs, self.gateway.parent, *private):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in private:
            folder.chmod(0o700)

    def remove(self) -> list[Path]:
        """Delete everything that the stack has written here, and say what it was."""
        known = [self.logs, self.state, self.passwords, self.signing_key.parent, self.gateway.parent]
        known += [*self._audit_keys, self.evidence]
        known += [self.postgres, self.postgres.with_name("postgres.new"), self.demo_marker, self.migrated, self.lock]
        removed = [path for path in known if path.exists()]
        for path in removed:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if self.root.exists() and not any(self.root.iterdir()):
            self.root.rmdir()
        return removed


def write_private(path: Path, text: str) -> None:
    """Replace a file in one move; only its owner can read it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    temporary.replace(path)


def last_lines(path: Path, count: int = 20) -> list[str]:
    """The last lines of a log, or nothing when there is none."""
    if not path.exists():
        return []
    with path.open("rb") as stream:
        stream.seek(0, os.SEEK_END)
        stream.seek(max(0, stream.tell() - 65536))
        return stream.read().decode("utf-8", "replace").splitlines()[-count:]


def keep_previous(path: Path) -> None:
    """Begin a log afresh; the one of the run before stays beside it as `.1`."""
    if path.exists() and path.stat().st_size:
        path.replace(path.with_name(f"{path.name}.1"))
