"""What was done with frameworks and registers is a chain: read with its places, verified, found out when touched."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from framework_svc.bootstrap import process
from framework_svc.bootstrap.worker import loops
from framework_svc.settings import NAME
from service_kit.audit.keys import AuditKeyError, new_key_pem, read_keys
from service_kit.audit.sealing import Sealer
from service_kit.clock import utc_now
from service_kit.process import main
from tests.support.registers import PLACE, load

if TYPE_CHECKING:
    from conftest import Service


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """A file with a new key."""
    path = tmp_path / "audit-key.pem"
    path.write_text(new_key_pem())
    return path


@pytest.fixture
def sealed(service: "Service", key_file: Path) -> Iterator["Service"]:
    """The service with a register, and all that was done sealed."""
    keys = read_keys(key_file)
    service.app.state.dependencies = replace(service.app.state.dependencies, audit_keys=keys)
    load(service)
    Sealer(service.engine, keys, NAME, utc_now).seal()
    yield service
    tamper(service, "select 1")


def tamper(service: "Service", *statements: str) -> None:
    """Change the trail as somebody would who owns the tables."""
    with service.engine.begin() as connection:
        for table in ("audit_entry", "audit_checkpoint"):
            connection.execute(text(f"alter table {table} disable trigger user"))
        for statement in statements:
            connection.execute(text(statement))
        for table in ("audit_entry", "audit_checkpoint"):
            connection.execute(text(f"alter table {table} enable trigger user"))


@pytest.fixture
def command(migrated_url: str, key_file: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs `python -m framework_svc verify-audit`; returns the exit code."""
    monkeypatch.setenv("OPENPMM_DATABASE_URL", migrated_url)
    monkeypatch.setenv("OPENPMM_AUDIT_KEY_FILE", str(key_file))
    return lambda *words: main(process, ("verify-audit", *words))


def test_entries_have_their_place_in_the_chain(sealed: "Service") -> None:
    (entry,) = sealed.call("GET", f"{PLACE}/audit", "secretariat").json()["items"]
    assert (entry["action"], len(entry["hash"]), len(entry["previous_hash"])) == ("register.loaded", 64, 64)
    assert entry["position"] > 1, "what ships was published before it"


def test_the_chain_is_verified_with_the_public_key(sealed: "Service", command: Callable[..., int]) -> None:
    verified = sealed.call("GET", "/framework-audit/verify", "secretariat").json()
    assert (verified["is_intact"], verified["signatures_checked"], verified["checkpoints"]) == (True, True, 1)
    part = sealed.call("GET", "/framework-audit/verify?most=1", "secretariat").json()
    rest = sealed.call("GET", f"/framework-audit/verify?after={part['next']}", "secretariat").json()
    assert (part["entries"], rest["is_intact"], rest["next"]) == (1, True, None)
    assert sealed.call("GET", "/framework-audit/verify?after=999", "secretariat").status_code == 404
    assert command() == 0


def test_what_was_changed_is_found(sealed: "Service", command: Callable[..., int], tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_bytes(sealed.call("GET", "/framework-audit/checkpoints").content)
    tamper(sealed, "update audit_entry set actor = 'somebody else' where position = 1")
    (found,) = sealed.call("GET", "/framework-audit/verify", "secretariat").json()["breaks"]
    assert (found["fault"], found["first"]) == ("changed", 1)
    assert command() == 1
    tamper(sealed, "delete from audit_entry", "delete from audit_checkpoint")
    assert (command(), command(str(kept))) == (0, 1)


def test_honest_programs_cannot_change_the_trail(sealed: "Service") -> None:
    with pytest.raises(DBAPIError, match="only ever added to"), sealed.engine.begin() as connection:
        connection.execute(text("delete from audit_entry"))


def test_checkpoints_and_keys_are_for_everyone_and_the_verification_for_the_secretariat(sealed: "Service") -> None:
    checkpoints = sealed.call("GET", "/framework-audit/checkpoints").json()
    (key,) = sealed.call("GET", "/framework-audit/keys").json()["items"]
    assert (checkpoints["chain"], checkpoints["items"][0]["key"]) == ("framework-svc", key["id"])
    for person, status in ((None, 401), ("contact-ken", 403)):
        assert sealed.call("GET", "/framework-audit/verify", person).status_code == status


def test_a_worker_without_a_key_does_not_start(service: "Service", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENPMM_KAFKA_BOOTSTRAP", "127.0.0.1:1")
    with pytest.raises(AuditKeyError, match="OPENPMM_AUDIT_KEY_FILE is missing"):
        loops(service.settings.model_copy(update={"mode": "production"}))
    assert len(loops(service.settings)) == 2
