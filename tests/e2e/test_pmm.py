"""The command line against the whole stack, as a national system and a contact point use it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from local_stack.issuer.personas import SECRET
from local_stack.stack import Stack
from pmm_cli.__main__ import run
from tests.support.gateway import Api, accept, open_cycle, wait_for_score

GOOD = "code,year,value\nDONE,2024,80\nALL,2024,100\nHOURS,2024,5\nSEIZURES,2024,7\n"
BAD = "code;year;value\nDONE;2024;80\nAL;2024;100\nHOURS;2023;5\nSEIZURES;2024;-7\n"
Pmm = Callable[..., tuple[int, Any]]


@pytest.fixture
def pmm(stack: Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Pmm:
    """Runs a command as a persona; its exit code and what it printed as JSON."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("OPENPMM_URL", stack.url)
    monkeypatch.setenv("OPENPMM_CLIENT_SECRET", SECRET)

    def call(persona: str, *arguments: str) -> tuple[int, Any]:
        monkeypatch.setenv("OPENPMM_CLIENT_ID", persona)
        capsys.readouterr()
        code = run([*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return call


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], str]:
    """Writes a file; its path."""

    def make(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return make


def test_from_file_to_score(pmm: Pmm, api: Api, write: Callable[[str, str], str]) -> None:
    cycle = open_cycle(api, "pmm-way")
    file = write("good.csv", GOOD)
    assert pmm("system-tza", "validate", file, "--cycle", cycle)[0] == 0
    code, dry = pmm("system-tza", "push", file, "--cycle", cycle, "--dry-run")
    assert (code, dry["would"]["created"]) == (0, 4)
    assert {kpi["code"]: kpi["value"] for kpi in dry["kpis"]}["SHARE"] == 80
    assert pmm("system-tza", "status", cycle)[0] == 1
    code, pushed = pmm("system-tza", "push", file, "--cycle", cycle)
    assert (code, pushed["created"], pushed["unchanged"]) == (0, 4, 0)
    code, again = pmm("system-tza", "push", file, "--cycle", cycle)
    assert (code, again["created"], again["unchanged"]) == (0, 0, 4)
    assert pmm("contact-tza", "submit", cycle)[1]["status"] == "submitted"
    accept(api, cycle, "TZA")
    wait_for_score(api, cycle, "TZA")
    code, scores = pmm("contact-tza", "scores", cycle)
    assert code == 0
    assert {node["code"]: node["score"] for node in scores["nodes"]}["SHARE"] == 80
    code, refused = pmm("system-tza", "push", file, "--cycle", cycle)
    assert (code, refused["code"]) == (1, "submission.locked")


def test_both_sides_say_the_same_of_a_bad_file(pmm: Pmm, api: Api, write: Callable[[str, str], str]) -> None:
    cycle = open_cycle(api, "pmm-bad")
    file = write("bad.csv", BAD)
    for language in ("en", "fr"):
        local, report = pmm("system-tza", "validate", file, "--cycle", cycle, "--language", language)
        sent, problem = pmm("system-tza", "push", file, "--cycle", cycle, "--language", language)
        assert (local, sent) == (1, 1)
        assert report["errors"] == problem["errors"]
        assert report["groups"] == problem["groups"]
        assert [error["row"] for error in report["errors"]] == [3, 4, 5]


def test_the_good_rows_of_a_bad_file_are_saved_when_asked_for(
    pmm: Pmm, api: Api, write: Callable[[str, str], str]
) -> None:
    cycle = open_cycle(api, "pmm-partial")
    code, pushed = pmm("system-tza", "push", write("bad.csv", BAD), "--cycle", cycle, "--take-good")
    assert (code, pushed["created"], len(pushed["errors"])) == (1, 1, 3)


def test_a_template_goes_out_and_comes_back(pmm: Pmm, api: Api, tmp_path: Path) -> None:
    cycle = open_cycle(api, "pmm-template")
    file = str(tmp_path / "template.xlsx")
    assert pmm("contact-bdi", "template", cycle, "--language", "fr", "--out", file)[0] == 0
    code, answer = pmm("contact-bdi", "push", file, "--cycle", cycle)
    assert (code, answer["errors"][0]["code"]) == (1, "answers.empty"), answer
    other, refused = pmm("contact-uga", "push", file, "--cycle", cycle)
    assert (other, "workbook.other_administration" in json.dumps(refused)) == (1, True)


def test_a_job_is_followed_to_its_end(pmm: Pmm, api: Api, write: Callable[[str, str], str], tmp_path: Path) -> None:
    cycle = open_cycle(api, "pmm-job")
    code, done = pmm("system-tza", "push", write("good.csv", GOOD), "--cycle", cycle, "--as-job")
    assert (code, done["created"]) == (0, 4)
    code, failed = pmm("system-tza", "push", write("bad.csv", BAD), "--cycle", cycle, "--as-job")
    assert (code, failed["code"]) == (1, "answers.invalid")
    errors = tmp_path / "errors.csv"
    assert pmm("system-tza", "errors", cycle, failed["job"], "--out", str(errors))[0] == 0
    assert len(errors.read_text(encoding="utf-8-sig").splitlines()) == 4


def test_a_stranger_is_told_so(pmm: Pmm, api: Api, write: Callable[[str, str], str]) -> None:
    cycle = open_cycle(api, "pmm-foreign")
    file = write("good.csv", GOOD)
    code, refused = pmm("system-uga", "push", file, "--cycle", cycle, "--administration", "TZA")
    assert (code, refused["code"]) == (3, "submission.foreign")


def test_watch_ends_after_as_many_events_as_asked_for(
    pmm: Pmm, api: Api, write: Callable[[str, str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    cycle = open_cycle(api, "pmm-watch")
    assert pmm("system-tza", "push", write("good.csv", GOOD), "--cycle", cycle)[1]["created"] == 4
    pmm("contact-tza", "submit", cycle)
    accept(api, cycle, "TZA")
    code, event = pmm("secretariat", "watch", "--cycle", cycle, "--first", "1")
    assert (code, event["data"]["cycle"]) == (0, cycle)


def test_evidence_threads_and_disclosure_of_a_submission(
    pmm: Pmm, api: Api, write: Callable[[str, str], str], tmp_path: Path
) -> None:
    cycle = open_cycle(api, "pmm-review")
    assert pmm("contact-tza", "disclosure", "set", cycle, "wco", "--kpi", "SHARE")[1]["kpis"] == {"SHARE": "wco"}
    assert pmm("system-tza", "push", write("good.csv", GOOD), "--cycle", cycle)[0] == 0
    sample = write("sample.csv", GOOD)
    code, added = pmm("system-tza", "evidence", "add", cycle, sample, "--about", "HOURS")
    assert (code, added["is_new"]) == (0, True)
    out = tmp_path / "back.csv"
    assert pmm("system-tza", "evidence", "get", cycle, added["id"], "--out", str(out))[0] == 0
    assert out.read_text(encoding="utf-8") == GOOD
    assert pmm("system-tza", "evidence", "remove", cycle, added["id"])[0] == 0
    _, thread = pmm("contact-tza", "threads", "open", cycle, "Hours at sea?", "--input", "HOURS")
    assert pmm("contact-tza", "threads", "comment", cycle, thread["id"], "Of a sample.")[0] == 0
    assert pmm("contact-tza", "threads", "resolve", cycle, thread["id"])[1]["status"] == "resolved"
    code, refused = pmm("contact-tza", "threads", "comment", cycle, thread["id"], "More.")
    assert (code, refused["code"]) == (1, "thread.resolved")
    _, seen = pmm("contact-tza", "seen-by", cycle, "contact_point")
    assert [each["code"] for each in seen["kpis"]] == ["SHARE"]


def test_a_submission_looks_back(pmm: Pmm, api: Api, write: Callable[[str, str], str]) -> None:
    cycle = open_cycle(api, "pmm-past")
    pmm("system-rwa", "push", write("good.csv", GOOD), "--cycle", cycle)
    pmm("contact-rwa", "submit", cycle)
    accept(api, cycle, "RWA")
    accepted_at = pmm("contact-rwa", "status", cycle)[1]["accepted_at"]
    pmm("contact-rwa", "revise", cycle)
    revised = write("revised.csv", "code,year,value,reason\nDONE,2024,81,Late declarations.\n")
    assert pmm("system-rwa", "push", revised, "--cycle", cycle)[0] == 0
    _, difference = pmm("system-rwa", "difference", cycle)
    (change,) = difference["accepted"]["answers"]["changed"]
    assert (change["before"]["value"], change["after"]["value"]) == (80, 81)
    for moment, expected in ((["--as-of", accepted_at], 80), ([], 81)):
        _, found = pmm("system-rwa", "answers", cycle, *moment)
        assert {each["code"]: each["value"] for each in found["answers"]}["DONE"] == expected
    assert [each["status"] for each in pmm("system-rwa", "history", cycle)[1]["items"]] == [
        *("submitted", "accepted", "draft")
    ]
    known = pmm("system-rwa", "history", cycle, "--year", "2024")[1]["answers"]
    assert {each["code"]: each["value"] for each in known if each["cycle"] == cycle}["DONE"] == 80


def test_the_audit_trail_is_verified_by_members_and_as_a_whole(
    pmm: Pmm, api: Api, write: Callable[[str, str], str], tmp_path: Path
) -> None:
    cycle, kept = open_cycle(api, "pmm-audit"), str(tmp_path / "kept.json")
    pmm("system-tza", "push", write("good.csv", GOOD), "--cycle", cycle)
    place = f"/api/v1/cycles/{cycle}/submissions/TZA/audit"
    api.eventually(place, "system-tza", lambda answer: all(each["position"] for each in answer.json()["items"]), 5)
    code, own = pmm("system-tza", "audit", "verify", cycle, "--kept", kept)
    assert (code, own["is_intact"], own["entries"]) == (0, True, 1)
    code, whole = pmm("secretariat", "audit", "verify", "--kept", kept)
    assert (code, whole["is_intact"], whole["kept"] > 0) == (0, True, True)
    assert pmm("system-tza", "audit", "verify")[0] == 3
    assert pmm("system-tza", "audit", "list", cycle)[1]["items"][0]["action"] == "answers.pushed"


def test_an_unknown_cycle_is_not_watched(pmm: Pmm) -> None:
    code, refused = pmm("system-tza", "watch", "--cycle", "nope")
    assert (code, refused["code"]) == (1, "cycle.not_found")
