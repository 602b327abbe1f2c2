"""What commands say and how they end, without any server."""

import json
import stat
from pathlib import Path

import httpx
import pytest

from pmm_cli.__main__ import run
from pmm_cli.profile import Profile, profile_path, read_profile, write_profile
from tests.support.pmm import Said, Server


def test_nobody_signed_in_ends_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cycles"]) == 3
    assert "Run: pmm login URL" in capsys.readouterr().err


def test_scripts_get_one_json_document_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cycles", "--json"]) == 3
    said = capsys.readouterr()
    assert json.loads(said.out)["code"] == "login.missing"
    assert said.err == ""


def test_wrong_usage_ends_with_2() -> None:
    assert run(["push"]) == 2
    assert run(["no-such-command"]) == 2


def test_a_server_that_is_not_there_ends_with_4(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENPMM_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("OPENPMM_CLIENT_ID", "system-ken")
    assert run(["whoami"]) == 4
    assert "does not answer" in capsys.readouterr().err


def test_credentials_are_for_their_user_only() -> None:
    path = write_profile(Profile("https://pmm.test", "system-ken", "secret"))
    assert path == profile_path()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_profile() == Profile("https://pmm.test", "system-ken", "secret")
    assert "secret" not in repr(read_profile())
    assert run(["logout"]) == 0
    assert not path.exists()


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write_profile(Profile("https://pmm.test", "system-ken", "secret"))
    monkeypatch.setenv("OPENPMM_URL", "https://other.test")
    assert read_profile() == Profile("https://other.test")


def test_a_file_that_is_no_file_of_answers_ends_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENPMM_URL", "http://127.0.0.1:9")
    letter = tmp_path / "answers.docx"
    letter.write_bytes(b"PK")
    assert run(["push", str(letter), "--cycle", "c-2024"]) == 2
    assert "Answers do not come as .docx" in capsys.readouterr().err
    assert run(["push", str(tmp_path / "none.csv"), "--cycle", "c-2024"]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_damaged_profile_is_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    write_profile(Profile("https://pmm.test")).write_text("{not json", encoding="utf-8")
    assert run(["cycles"]) == 3
    assert "cannot be read. Run: pmm login URL" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["127.0.0.1:8080", "pmm.test", "ftp://pmm.test", "http://", "http://a:b:c"])
def test_an_address_that_is_none_ends_with_2(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["login", address, "--client-id", "system-ken", "--client-secret", "s"]) == 2
    assert f"{address} is no address. Write it whole, like https://pmm.example.org" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_ends_with_2(server: Server, said: Said) -> None:
    server.answers = {"GET /api/v1/cycles/c-2024/submissions/KEN/jobs/j-1/errors": {}}
    code, text = said("errors", "c-2024", "j-1", "--administration", "KEN", "--out", "no/such/folder/all.csv")
    assert (code, "no/such/folder/all.csv cannot be written: No such file or directory." in text) == (2, True)


def test_signing_in_at_another_server_is_refused(server: Server, said: Said, home: Path) -> None:
    server.answers = {
        "GET /auth/.well-known/openid-configuration": {"token_endpoint": "http://pmm.test/token"},
        "POST /token": {"access_token": "opaque"},
        "GET /api/v1/cycles": httpx.Response(404, text="<html>"),
    }
    code, text = said("login", "http://pmm.test", "--client-id", "system-ken", "--client-secret", "s")
    assert (code, "http://pmm.test does not answer as OpenPMM" in text) == (4, True)
    assert not profile_path().exists()
