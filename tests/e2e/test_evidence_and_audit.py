"""Through the gateway: a file goes in and comes out as an attachment, and what was done is sealed and verified."""

import base64
import json
import os
import secrets
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from local_stack.stack import Stack
from tests.support.gateway import Api, open_cycle

PDF = b"%PDF-1.7\n<script>alert(1)</script>\n"


def test_a_file_goes_in_and_comes_out_as_an_attachment(api: Api, stack: Stack) -> None:
    cycle = open_cycle(api, "evidence")
    place = f"/api/v1/cycles/{cycle}/submissions/KEN/evidence"
    query = {"about": "SHARE", "name": "rapport été.pdf"}
    added = api.do("POST", place, "contact-ken", params=query, content=PDF)
    content = api.call("GET", f"{place}/{added['id']}/content", "contact-ken")
    assert content.content == PDF
    assert content.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert content.headers["content-disposition"].startswith("attachment;")
    assert (content.headers["x-content-type-options"], content.headers["cache-control"]) == (
        "nosniff",
        "private, no-store",
    )
    assert api.call("GET", f"{place}/{added['id']}/content").status_code == 404
    large = api.call("POST", place, "contact-ken", params=query, content=b"%PDF-" + secrets.token_bytes(11 * 2**20))
    assert (large.status_code, large.json()["code"]) == (413, "evidence.too_large")
    assert stack.folders.evidence.stat().st_mode & 0o077 == 0


def test_what_was_done_is_sealed_and_can_be_verified_by_outsiders(api: Api, stack: Stack) -> None:
    cycle = open_cycle(api, "sealed")
    place = f"/api/v1/cycles/{cycle}/submissions/KEN"
    query = {"about": "SHARE", "name": "a.pdf"}
    api.do("POST", f"{place}/evidence", "contact-ken", params=query, content=PDF)
    entries = api.eventually(
        f"{place}/audit", "contact-ken", lambda answer: all(each["position"] for each in answer.json()["items"]), 5
    ).json()["items"]
    assert entries[0]["action"] == "evidence.added"
    verified = api.do("GET", "/api/v1/audit/verify", "secretariat")
    assert (verified["is_intact"], verified["signatures_checked"], verified["breaks"]) == (True, True, [])
    checkpoint = api.do("GET", "/api/v1/audit/checkpoints")["items"][0]
    (key,) = api.do("GET", "/api/v1/audit/keys")["items"]
    public = load_pem_public_key(key["public_key"].encode())
    assert isinstance(public, Ed25519PublicKey)
    signature = base64.b64decode(checkpoint.pop("signature"))
    at = checkpoint["at"].replace("Z", "+00:00")
    said = {**checkpoint, "chain": "submission-svc", "at": at}
    public.verify(signature, json.dumps(said, sort_keys=True, separators=(",", ":")).encode())
    assert stack.folders.audit_key("submission").stat().st_mode & 0o077 == 0


def test_what_was_done_with_frameworks_and_registers_is_sealed_too(api: Api, stack: Stack) -> None:
    place = "/api/v1/populations/wco-members/audit"
    api.eventually(place, "secretariat", lambda answer: all(each["hash"] for each in answer.json()["items"]), 5)
    verified = api.do("GET", "/api/v1/framework-audit/verify", "secretariat")
    assert (verified["is_intact"], verified["signatures_checked"], verified["breaks"]) == (True, True, [])
    assert verified["entries"] > 0
    assert api.do("GET", "/api/v1/framework-audit/checkpoints")["chain"] == "framework-svc"
    keys = [api.do("GET", f"/api/v1/{chain}/keys")["items"][0]["id"] for chain in ("framework-audit", "audit")]
    assert len(set(keys)) == 2
    assert stack.folders.audit_key("framework").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("service", ["framework", "submission"])
def test_an_operator_verifies_it_with_one_command(api: Api, stack: Stack, service: str) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "local_stack", "env", service],
        env={**os.environ, **stack.environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    done = subprocess.run(
        ["bash", "-c", f"{printed}\nexec {sys.executable} -m {service}_svc verify-audit"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "The audit chain is intact" in done.stdout) == (0, True), done.stdout + done.stderr
