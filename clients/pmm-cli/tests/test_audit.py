"""The audit trail is verified without any code of the server; its own code makes the chains for these tests."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pmm_cli.chain import CHAIN
from service_kit.audit.canonical import FIRST, Entry, checkpoint_bytes, entry_hash
from service_kit.audit.keys import AuditKeys, new_key_pem, public_pem, read_keys
from tests.support.pmm import Got, Said, Server

START = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
OWN = "/api/v1/cycles/c-2024/submissions/KEN/audit"


@dataclass
class Trail:
    """A sealed trail as the API tells it; KEN's entries are every third one."""

    keys: AuditKeys
    entries: list[dict[str, Any]] = field(default_factory=list)
    checkpoints: list[dict[str, Any]] = field(default_factory=list)

    def seal(self, length: int, every: int = 4) -> None:
        """Make all of it anew."""
        self.entries, self.checkpoints, digest = [], [], FIRST
        for position in range(1, length + 1):
            at = START + timedelta(seconds=position)
            subject = "c-2024/KEN" if position % 3 == 1 else "c-2024/UGA"
            entry = Entry(position + 10, at, "système-ken", "answers.pushed", subject, {"created": position})
            before, digest = digest, entry_hash(entry, position, digest)
            sealed = {"position": position, "previous_hash": before, "hash": digest}
            self.entries.append({**entry._asdict(), **sealed, "at": at.isoformat().replace("+00:00", "Z")})
            if position % every == 0:
                self.sign(position, digest, at)

    def sign(self, position: int, digest: str, at: datetime) -> None:
        number, key = len(self.checkpoints) + 1, self.keys.signing_id
        signature = self.keys.sign(checkpoint_bytes(CHAIN, number, position, digest, at, key))
        said = {"number": number, "position": position, "hash": digest, "key": key, "signature": signature}
        self.checkpoints.append({**said, "at": at.isoformat().replace("+00:00", "Z")})

    def answers(self) -> dict[str, Any]:
        """What a server would answer, the newest first."""
        keys = [{"id": name, "public_key": public_pem(key)} for name, key in self.keys.trusted.items()]
        own = [each for each in self.entries if each["subject"] == "c-2024/KEN"]
        return {
            "GET /api/v1/audit/keys": {"items": keys},
            "GET /api/v1/audit/checkpoints": {"items": self.checkpoints[::-1], "next": None},
            "GET /api/v1/audit": {"items": self.entries[::-1], "next": None},
            f"GET {OWN}": {"items": own[::-1], "next": None},
        }


@pytest.fixture
def trail(tmp_path: Path, server: Server) -> Trail:
    """A chain of nine entries and two checkpoints on the server."""
    path = tmp_path / "key.pem"
    path.write_text(new_key_pem(), encoding="utf-8")
    made = Trail(read_keys(path))
    made.seal(9)
    server.answers = made.answers()
    return made


def test_a_whole_chain_is_verified_here(trail: Trail, got: Got) -> None:
    code, found = got("audit", "verify")
    assert (code, found["is_intact"], found["entries"], found["checkpoints"]) == (0, True, 9, 2)


def test_a_members_own_entries_are_verified_here(trail: Trail, got: Got) -> None:
    code, found = got("audit", "verify", "c-2024", "--administration", "KEN")
    assert (code, found["is_intact"], found["entries"]) == (0, True, 3)


def _set(items: list[dict[str, Any]], place: int, **changes: Any) -> None:
    items[place] = {**items[place], **changes}


BROKEN: dict[str, tuple[Callable[[Trail], object], list[tuple[str, int]]]] = {
    "a changed entry": (lambda it: _set(it.entries, 3, actor="nobody"), [("changed", 4)]),
    "a changed detail": (lambda it: _set(it.entries, 3, detail={"created": 5}), [("changed", 4)]),
    "a removed entry": (lambda it: it.entries.pop(4), [("removed", 5)]),
    "an entry put in": (lambda it: it.entries.append(it.entries[2]), [("inserted", 3)]),
    "the end cut off": (lambda it: it.entries.__delitem__(slice(6, None)), [("truncated", 7)]),
    "a forged checkpoint": (lambda it: _set(it.checkpoints, 1, at="2026-02-01T00:00:00Z"), [("checkpoint_forged", 8)]),
    "a removed checkpoint": (lambda it: it.checkpoints.pop(0), [("checkpoint_removed", 0)]),
    "another link": (lambda it: _set(it.entries, 4, previous_hash=FIRST), [("relinked", 5), ("changed", 5)]),
    "another key": (lambda it: _set(it.checkpoints, 0, key="0" * 16), [("checkpoint_forged", 4)]),
}


@pytest.mark.parametrize("what", BROKEN)
def test_it_says_where_a_chain_is_broken(trail: Trail, server: Server, got: Got, what: str) -> None:
    tamper, expected = BROKEN[what]
    tamper(trail)
    server.answers = trail.answers()
    code, found = got("audit", "verify")
    assert (code, found["is_intact"]) == (1, False)
    assert [(each["fault"], each["position"]) for each in found["breaks"]] == expected


def test_a_chain_that_was_computed_anew_does_not_fit_its_checkpoints(trail: Trail, server: Server, said: Said) -> None:
    signed = trail.checkpoints
    trail.seal(9, every=100)
    _recompute(trail, 2, actor="nobody")
    trail.checkpoints = signed
    server.answers = trail.answers()
    code, text = said("audit", "verify")
    assert (code, text.splitlines()[-1]) == (1, "The audit trail is BROKEN: 9 entries, 2 checkpoints, 0 kept before.")
    assert "Checkpoint 1 has seen another entry at position 4: the chain was computed anew." in text


def test_who_owns_the_key_too_does_not_fit_what_was_kept(trail: Trail, server: Server, got: Got, home: Path) -> None:
    assert got("audit", "verify", "--kept", "kept.json")[0] == 0
    kept = json.loads((home / "kept.json").read_text(encoding="utf-8"))
    assert (kept["chain"], len(kept["items"])) == (CHAIN, 2)
    _recompute(trail, 2, actor="nobody")
    trail.checkpoints = []
    for place in (3, 7):
        trail.sign(place + 1, trail.entries[place]["hash"], START)
    server.answers = trail.answers()
    assert got("audit", "verify")[0] == 0
    code, found = got("audit", "verify", "--kept", "kept.json")
    assert (code, [each["fault"] for each in found["breaks"]]) == (1, ["rewritten", "rewritten"])
    assert json.loads((home / "kept.json").read_text(encoding="utf-8")) == kept


def test_a_checkpoint_that_was_kept_and_is_gone_is_told(trail: Trail, server: Server, got: Got) -> None:
    assert got("audit", "verify", "--kept", "kept.json")[0] == 0
    trail.seal(7)
    server.answers = trail.answers()
    code, found = got("audit", "verify", "--kept", "kept.json")
    assert (code, found["kept"], [each["fault"] for each in found["breaks"]]) == (1, 2, ["truncated"])


def test_a_new_key_is_told_and_no_fault(trail: Trail, server: Server, said: Said, tmp_path: Path) -> None:
    assert said("audit", "verify", "--kept", "kept.json")[0] == 0
    old, path = trail.keys.trusted, tmp_path / "new.pem"
    path.write_text(new_key_pem(), encoding="utf-8")
    new = read_keys(path)
    trail.keys = AuditKeys({**new.trusted, **old}, new.signing)
    server.answers = trail.answers()
    code, text = said("audit", "verify", "--kept", "kept.json")
    assert (code, f"The server has a new key since then, {new.signing_id}" in text) == (0, True)


def test_a_chain_that_grows_while_it_is_read_is_looked_at_again(trail: Trail, server: Server, got: Got) -> None:
    whole = server.answers["GET /api/v1/audit"]
    server.answers["GET /api/v1/audit"] = [{"items": whole["items"][2:], "next": None}, whole]
    assert got("audit", "verify")[0] == 0


def test_entries_that_are_not_sealed_yet_are_none_of_it(trail: Trail, server: Server, got: Got) -> None:
    trail.entries.append({**trail.entries[-1], "id": 99, "position": None, "previous_hash": None, "hash": None})
    server.answers = trail.answers()
    assert got("audit", "verify")[0] == 0


def test_a_file_that_holds_no_checkpoints_ends_with_2(trail: Trail, home: Path, said: Said) -> None:
    (home / "kept.json").write_text("[]", encoding="utf-8")
    code, text = said("audit", "verify", "--kept", "kept.json")
    assert (code, "kept.json holds no checkpoints." in text) == (2, True)


def test_who_did_what_is_listed(trail: Trail, said: Said) -> None:
    code, text = said("audit", "list", "c-2024", "--administration", "KEN")
    assert code == 0
    assert all(word in text for word in ("système-ken", "answers.pushed", "c-2024/KEN", "created 7"))


def _recompute(trail: Trail, place: int, **changes: Any) -> None:
    """Change an entry and make all hashes after it anew, as somebody who owns the database could."""
    _set(trail.entries, place, **changes)
    digest = trail.entries[place - 1]["hash"]
    for number in range(place, len(trail.entries)):
        entry = trail.entries[number]
        plain = Entry(**{**entry, "at": datetime.fromisoformat(entry["at"])})
        before, digest = digest, entry_hash(plain, entry["position"], digest)
        _set(trail.entries, number, previous_hash=before, hash=digest)
