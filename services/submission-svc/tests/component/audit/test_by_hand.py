"""Whoever has nothing but the how-to and the API recomputes hashes and checks signatures."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from service_kit.audit.keys import read_keys

HOW_TO = Path(__file__).parents[5] / "docs" / "how-to" / "verify-the-audit-trail.md"


def block(language: str, holding: str) -> str:
    """The block of the how-to in that language that holds a text."""
    blocks = HOW_TO.read_text(encoding="utf-8").split("```")[1::2]
    (found,) = (each for each in blocks if each.startswith(f"{language}\n") and holding in each)
    return found.removeprefix(f"{language}\n")


def canonical(fields: dict[str, Any]) -> str:
    """The form that the how-to describes."""
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def recomputed(entries: dict[str, Any]) -> list[str]:
    """What the script of the how-to says of an answer of the API."""
    script = [sys.executable, "-I", "-c", block("python", "hashlib")]
    done = subprocess.run(script, input=json.dumps(entries), capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_every_hash_is_recomputed_from_what_the_api_gives(sealed: Any, seal: Any) -> None:
    odd = '\u00ab O\u00f9\u00a0? \u00bb \u2028 \\ "\n\U0001d11e'
    sealed.move("return", "secretariat", json={"reason": odd})
    seal()
    sealed.move("submit", "contact-ken")
    answer = sealed.call("GET", "/../audit", "secretariat").json()
    waiting, *others = answer["items"]
    assert waiting["position"] is None
    assert recomputed(answer) == ["not sealed yet", *(f"{each['position']} as sealed" for each in others)]
    others[0]["actor"] = "somebody else"
    assert recomputed(answer)[1] == f"{others[0]['position']} CHANGED"


def test_the_example_is_right() -> None:
    example = block("", '"previous_hash"')
    text, digest = example.splitlines()
    assert hashlib.sha256(text.encode()).hexdigest() == digest
    assert canonical(json.loads(text)) == text


def test_a_signature_is_over_what_the_api_gives(sealed: Any, tmp_path: Path) -> None:
    found = sealed.call("GET", "/../audit/checkpoints").json()
    (checkpoint,) = found["items"]
    (key,) = sealed.call("GET", "/../audit/keys").json()["items"]
    (tmp_path / "key.pem").write_text(key["public_key"])
    signature = checkpoint.pop("signature")
    text = canonical({**checkpoint, "chain": found["chain"]})
    assert list(json.loads(text)) == list(json.loads(block("", '"chain"')))
    assert read_keys(tmp_path / "key.pem").is_signed(text.encode(), signature, checkpoint["key"])
