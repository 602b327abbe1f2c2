"""The audit trail over HTTP and as a command: who reads what, and that a broken chain is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from service_kit.audit.keys import AuditKeyError, public_pem, read_keys
from service_kit.process import main
from submission_svc.bootstrap import process
from submission_svc.bootstrap.worker import loops
from submission_svc.settings import Settings

OWN = "/c-2024/submissions/KEN/audit"


def ask(service: Any, path: str, person: str | None = "secretariat") -> Any:
    """Ask below /api/v1."""
    return service.call("GET", f"/../{path}", person)


def tamper(service: Any, *statements: str) -> None:
    """What somebody with all rights on the database does."""
    with service.engine.begin() as connection:
        for table in ("audit_entry", "audit_checkpoint"):
            connection.execute(text(f"alter table {table} disable trigger user"))
        for statement in statements:
            connection.execute(text(statement))


def test_the_secretariat_reads_all_of_it_in_pages(sealed: Any) -> None:
    whole = ask(sealed, "audit").json()
    positions = [each["position"] for each in whole["items"]]
    assert positions == sorted(positions, reverse=True)
    assert positions[-1] == 1
    seen: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        page = ask(sealed, f"audit?limit=2&cursor={cursor}" if cursor else "audit?limit=2").json()
        seen += page["items"]
        cursor = page["next"]
    assert seen == whole["items"]


def test_entries_about_one_submission_are_found(sealed: Any) -> None:
    found = ask(sealed, "audit?subject=c-2024/UGA").json()["items"]
    assert {each["subject"] for each in found} == {"c-2024/UGA"}
    assert ask(sealed, "audit?subject=nothing").json()["items"] == []
    assert ask(sealed, "audit?subject=%00").status_code == 422


@pytest.mark.parametrize("path", ["audit", "audit/verify"])
@pytest.mark.parametrize(("person", "status"), [(None, 401), ("contact-ken", 403), ("reviewer", 403), ("loader", 403)])
def test_all_of_it_is_for_the_secretariat(sealed: Any, path: str, person: str | None, status: int) -> None:
    assert ask(sealed, path, person).status_code == status


@pytest.mark.parametrize("person", ["contact-ken", "system-ken", "secretariat", "reviewer-ken"])
def test_a_member_reads_what_was_done_with_its_submission(sealed: Any, person: str) -> None:
    items = sealed.call("GET", OWN, person).json()["items"]
    assert [each["action"] for each in items] == ["submission.submitted", "answers.pushed"]
    assert {each["subject"] for each in items} == {"c-2024/KEN"}


@pytest.mark.parametrize("person", ["contact-uga", "office-esa", "integrator", "contact-ken-elsewhere"])
def test_others_do_not_read_it(sealed: Any, person: str) -> None:
    assert sealed.call("GET", OWN, person).status_code == 403


def test_checkpoints_and_keys_are_for_everyone(sealed: Any) -> None:
    (checkpoint,) = ask(sealed, "audit/checkpoints", None).json()["items"]
    (key,) = ask(sealed, "audit/keys", None).json()["items"]
    assert checkpoint["key"] == key["id"]
    assert "BEGIN PUBLIC KEY" in key["public_key"]
    assert "PRIVATE" not in json.dumps(key)


def test_an_untouched_chain_is_intact(sealed: Any) -> None:
    found = ask(sealed, "audit/verify").json()
    count = len(ask(sealed, "audit").json()["items"])
    assert found == {
        "is_intact": True,
        "entries": count,
        "checkpoints": 1,
        "signatures_checked": True,
        "found": 0,
        "breaks": [],
        "waiting": 0,
        "position": count,
        "next": None,
    }


def test_a_long_chain_is_verified_part_by_part(sealed: Any) -> None:
    first = ask(sealed, "audit/verify?most=1").json()
    assert (first["entries"], first["next"]) == (1, 1)
    rest = ask(sealed, "audit/verify?after=1").json()
    assert (rest["is_intact"], rest["next"], rest["checkpoints"]) == (True, None, 1)
    assert ask(sealed, "audit/verify?after=99").json()["code"] == "audit.no_such_position"


def test_a_changed_entry_is_told_with_its_place(sealed: Any) -> None:
    tamper(sealed, "update audit_entry set actor = 'somebody else' where position = 2")
    found = ask(sealed, "audit/verify").json()
    assert (found["is_intact"], found["found"]) == (False, 1)
    assert found["breaks"][0] | {"entry": 0} == {
        "fault": "changed",
        "first": 2,
        "last": 2,
        "entry": 0,
        "checkpoint": None,
        "message": "The entry at position 2 is not what was sealed: one of its fields was changed.",
    }


@pytest.fixture
def command(migrated_url: str, key_file: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs `python -m submission_svc verify-audit` with the two settings that it needs; returns the exit code."""
    monkeypatch.setenv("OPENPMM_DATABASE_URL", migrated_url)
    monkeypatch.setenv("OPENPMM_AUDIT_KEY_FILE", str(key_file))
    return lambda *words: main(process, words)


def test_the_command_says_that_the_chain_is_intact(
    sealed: Any, command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("verify-audit") == 0
    assert "The audit chain is intact" in capsys.readouterr().out


def test_the_command_says_where_the_chain_is_broken(
    sealed: Any, command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(sealed, "delete from audit_entry where position = 2")
    assert command("verify-audit") == 1
    said = capsys.readouterr().out
    assert "The entry at position 2 is missing." in said
    assert "The audit chain is BROKEN" in said


def test_a_history_that_was_made_anew_is_found_by_kept_checkpoints(
    sealed: Any, command: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_bytes(ask(sealed, "audit/checkpoints", None).content)
    assert command("verify-audit", str(kept)) == 0
    tamper(sealed, "delete from audit_entry", "delete from audit_checkpoint")
    assert command("verify-audit") == 0, "without what was kept, an empty history is a history"
    assert command("verify-audit", str(kept)) == 1
    assert "the chain ends before 1" in capsys.readouterr().out


NOBODY = "postgresql+psycopg://nobody:s3cret@127.0.0.1:1/none"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"DATABASE_URL": None}, "set OPENPMM_DATABASE_URL"),
        ({"DATABASE_URL": "nonsense"}, "must be an address that begins with postgresql+psycopg://"),
        ({"DATABASE_URL": NOBODY}, "the database cannot be reached (connection failed"),
        ({"AUDIT_KEY_FILE": "/nowhere/key.pem"}, "OPENPMM_AUDIT_KEY_FILE cannot be used"),
    ],
)
def test_a_chain_that_cannot_be_looked_at_is_not_called_broken(
    command: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: dict[str, str | None],
    message: str,
) -> None:
    for name, value in settings.items():
        if value is None:
            monkeypatch.delenv(f"OPENPMM_{name}")
        else:
            monkeypatch.setenv(f"OPENPMM_{name}", value)
    assert command("verify-audit") == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith("The audit chain was NOT looked at: ")
    assert message in said.err
    assert "s3cret" not in said.err


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "cannot be read (No such file or directory)"), (b"[1]", "is not what GET .../checkpoints")],
)
def test_kept_checkpoints_that_cannot_be_read_are_told(
    sealed: Any,
    command: Any,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    content: bytes | None,
    message: str,
) -> None:
    kept = tmp_path / "kept.json"
    if content is not None:
        kept.write_bytes(content)
    assert command("verify-audit", str(kept)) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("mode", "content", "message"),
    [("production", None, "OPENPMM_AUDIT_KEY_FILE is missing"), ("embedded", "public", "has no private key")],
)
def test_a_worker_that_cannot_sign_does_not_start(
    monkeypatch: pytest.MonkeyPatch, key_file: Path, tmp_path: Path, mode: str, content: str | None, message: str
) -> None:
    monkeypatch.setenv("OPENPMM_KAFKA_BOOTSTRAP", "127.0.0.1:1")
    (public,) = read_keys(key_file).trusted.values()
    key_file.write_text(public_pem(public))
    settings = Settings.model_validate(
        {
            "mode": mode,
            "database_url": "postgresql+psycopg://nobody@127.0.0.1:1/none",
            "token_issuer": "i.test",
            "jwks_url": "https://i.test",
            "evidence_dir": tmp_path,
            "audit_key_file": key_file if content else None,
        }
    )
    with pytest.raises(AuditKeyError, match=message):
        loops(settings)
