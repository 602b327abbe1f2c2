"""A chain of entries that is sealed with a key of its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from service_kit.audit.keys import new_key_pem, read_keys
from service_kit.audit.sealing import Sealer
from submission_svc.settings import NAME


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """A file with a new key."""
    path = tmp_path / "audit-key.pem"
    path.write_text(new_key_pem())
    return path


@pytest.fixture
def seal(service: Any, key_file: Path) -> Callable[[], None]:
    """Seals whatever waits."""
    sealer = Sealer(service.engine, read_keys(key_file), NAME, service.clock)

    def run() -> None:
        while sealer.seal():
            pass

    return run


@pytest.fixture
def sealed(service: Any, make: Any, key_file: Path, seal: Callable[[], None]) -> Iterator[Any]:
    """The service with some entries about two members, all of them sealed."""
    service.app.state.dependencies = replace(service.app.state.dependencies, audit_keys=read_keys(key_file))
    service.push(make.figure())
    service.push(make.figure(), member="UGA", person="system-uga")
    service.move("submit", "contact-ken")
    seal()
    yield service
    with service.engine.begin() as connection:
        for table in ("audit_entry", "audit_checkpoint"):
            connection.execute(text(f"alter table {table} enable trigger user"))
