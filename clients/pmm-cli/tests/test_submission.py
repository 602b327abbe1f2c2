"""Commands around a submission: evidence, threads, disclosure, and what was."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.pmm import Got, Said, Server

PATH = "/api/v1/cycles/c-2024/submissions/KEN"
KEN = ("--administration", "KEN")
CUT = httpx.ReadError("Connection reset by peer")


def sent(server: Server) -> Any:
    """The body of the last request."""
    return json.loads(server.seen[-1].content)


def test_a_file_goes_up_as_it_is(server: Server, said: Said, home: Path) -> None:
    (home / "sample.pdf").write_bytes(b"%PDF-1.7")
    added = {"id": "e-1", "is_new": True, "note": "It is a PDF."}
    server.answers = {f"POST {PATH}/evidence": [{**added}, {**added, "is_new": False}]}
    code, text = said("evidence", "add", "c-2024", "sample.pdf", "--about", "HOURS", *KEN)
    assert (code, text) == (0, "Added: sample.pdf stands for HOURS (e-1).\nIt is a PDF.\n")
    request = server.seen[-1]
    assert (request.content, dict(request.url.params)) == (b"%PDF-1.7", {"about": "HOURS", "name": "sample.pdf"})
    assert request.headers["Content-Type"] == "application/octet-stream"
    assert "It was there already" in said("evidence", "add", "c-2024", "sample.pdf", "--about", "HOURS", *KEN)[1]


@pytest.mark.parametrize("name", ["a.pdf", "../a.pdf", "/etc/a.pdf"])
def test_a_file_comes_down_under_its_name_and_overwrites_nothing(
    server: Server, said: Said, home: Path, name: str
) -> None:
    content = httpx.Response(200, content=b"%PDF-1.7")
    server.answers = {f"GET {PATH}/evidence/e-1": {"name": name}, f"GET {PATH}/evidence/e-1/content": content}
    assert said("evidence", "get", "c-2024", "e-1", *KEN)[0] == 0
    assert (home / "a.pdf").read_bytes() == b"%PDF-1.7"
    code, text = said("evidence", "get", "c-2024", "e-1", *KEN)
    assert (code, "There is a.pdf here already." in text) == (2, True)
    assert said("evidence", "get", "c-2024", "e-1", "--out", "b.pdf", *KEN)[0] == 0
    assert (home / "b.pdf").exists()


def test_what_was_said_is_not_said_twice(server: Server, said: Said) -> None:
    server.answers = {f"POST {PATH}/threads": CUT, f"POST {PATH}/threads/t-1/comments": CUT}
    for arguments in (("open", "c-2024", "Why?"), ("comment", "c-2024", "t-1", "Because.")):
        server.seen.clear()
        code, text = said("threads", *arguments, *KEN)
        assert (code, len(server.seen)) == (4, 1)
        assert "look with `pmm threads list` before you say it again" in text


@pytest.mark.parametrize(
    ("options", "about"),
    [
        ((), {"kind": "submission"}),
        (("--kpi", "SHARE"), {"kind": "kpi", "code": "SHARE"}),
        (("--input", "HOURS"), {"kind": "input", "code": "HOURS"}),
    ],
)
def test_a_thread_is_about_one_thing(server: Server, got: Got, options: tuple[str, ...], about: dict[str, str]) -> None:
    server.answers = {f"POST {PATH}/threads": {"id": "t-1"}}
    assert got("threads", "open", "c-2024", "Why?", *options, *KEN) == (0, {"id": "t-1"})
    assert sent(server) == {"about": about, "text": "Why?"}


def test_a_thread_is_not_about_two_things(said: Said, server: Server) -> None:
    code, text = said("threads", "open", "c-2024", "Why?", "--kpi", "A", "--input", "B", *KEN)
    assert (code, "not both" in text, server.seen) == (2, True, [])


def test_a_thread_is_listed_with_what_was_said(server: Server, said: Said) -> None:
    comments = [{"at": "2026-01-31T12:00:00Z", "by": "secretariat", "text": "Hours at sea?"}]
    thread = {"id": "t-1", "status": "open", "about": {"kind": "input", "code": "HOURS"}, "comments": comments}
    server.answers = {f"GET {PATH}/threads": {"open": 1, "items": [thread]}}
    code, text = said("threads", "list", "c-2024", *KEN)
    assert (code, "Threads, 1 open" in text, "2026-01-31T12:00 secretariat: Hours at sea?" in text) == (0, True, True)


def test_a_level_is_chosen_and_all_else_stays(server: Server, got: Got) -> None:
    present = {"default": "restricted", "kpis": {"A": "public", "B": "wco"}}
    answer = httpx.Response(200, json=present, headers={"ETag": '"7"'})
    server.answers = {f"GET {PATH}/disclosure": answer, f"PUT {PATH}/disclosure": {}}
    assert got("disclosure", "set", "c-2024", "public", "--kpi", "B", "--kpi", "C", *KEN)[0] == 0
    assert sent(server) == {"default": "restricted", "kpis": {"A": "public", "B": "public", "C": "public"}}
    assert server.seen[-1].headers["If-Match"] == '"7"'
    assert got("disclosure", "set", "c-2024", "wco", "--others", *KEN)[0] == 0
    assert sent(server) == {"default": "wco", "kpis": {"A": "public", "B": "wco"}}


def test_a_choice_before_the_first_push_begins_with_the_most_closed(server: Server, got: Got) -> None:
    missing = httpx.Response(404, json={"code": "submission.not_found"})
    server.answers = {f"GET {PATH}/disclosure": missing, f"PUT {PATH}/disclosure": {}}
    assert got("disclosure", "set", "c-2024", "public", "--kpi", "A", *KEN)[0] == 0
    assert sent(server) == {"kpis": {"A": "public"}}


def test_nothing_is_disclosed_without_saying_what(server: Server, said: Said) -> None:
    code, text = said("disclosure", "set", "c-2024", "public", *KEN)
    assert (code, "--kpi CODE" in text, server.seen) == (2, True, [])


def test_what_others_would_see_is_counted(server: Server, said: Said) -> None:
    seen = {
        **{"kpis": [{"code": "A", "state": "answered", "value": 96.5}], "inputs": [], "claims": [], "comments": [{}]},
        **{"evidence": [], "hidden": {"kpis": 54, "inputs": 2, "claims": 0}},
    }
    server.answers = {f"GET {PATH}/as-seen-by": seen}
    code, text = said("seen-by", "c-2024", "system", *KEN)
    assert (code, server.seen[-1].url.params["role"]) == (0, "system")
    assert "KPIs that system would see" in text
    said("seen-by", "c-2024", *KEN)
    assert server.seen[-1].url.params["role"] == "no_token"
    assert text.splitlines()[-2:] == ["Seen as well: 1 comment.", "Hidden: 54 KPIs, 2 inputs."]


def test_a_difference_shows_before_and_after(server: Server, said: Said) -> None:
    before = {"code": "HOURS", "year": 2024, "state": "number", "value": 0.0, "status": None, "reason": None}
    after = {**before, "value": 12_895_492_254.0, "status": "E", "reason": "Late."}
    claim = {"code": "SHARE", "state": "opted_out", "reason": "Not ours."}
    file = {"id": "1", "about": "HOURS", "name": "a.pdf"}
    changes = {
        "answers": {"added": [], "changed": [{"before": before, "after": after}], "removed": []},
        "claims": {"added": [claim], "changed": [], "removed": []},
        "evidence": {"added": [{**file, "sha256": "b" * 64}], "removed": [{**file, "sha256": "a" * 64}]},
        "disclosure": [
            {"code": None, "before": "restricted", "after": "wco"},
            {"code": "SHARE", "before": None, "after": "public"},
        ],
    }
    accepted = {"since": "2026-01-31T12:00:00Z", "nothing_changed": False, **changes}
    server.answers = {f"GET {PATH}/difference": {"accepted": accepted, "returned": None}}
    code, text = said("difference", "c-2024", *KEN)
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in text.splitlines() if "│" in line]
    assert rows == [
        ["HOURS", "2024", "0", "12,895,492,254, E, Late."],
        ["SHARE", "-", "-", "opted_out, Not ours."],
        ["HOURS", "-", "-", "file a.pdf (sha256 bbbbbbbbbbbb)"],
        ["HOURS", "-", "file a.pdf (sha256 aaaaaaaaaaaa)", "-"],
        ["all other KPIs", "-", "seen by: restricted", "seen by: wco"],
        ["SHARE", "-", "seen by: as all other KPIs", "seen by: public"],
    ]
    assert (code, "It was never returned." in text) == (0, True)


def test_figures_are_asked_for_as_they_were(server: Server, said: Said) -> None:
    known = {
        **{"code": "HOURS", "year": 2024, "period": None, "state": "number", "value": 12_895_492_254.0, "status": None},
        **{"comment": None, "cycle": "c-2023", "accepted_at": "2025-01-31T12:00:00Z"},
    }
    moment = "2026-01-31T12:00:00Z"
    server.answers = {f"GET {PATH}/history": {"as_of": moment, "answers": [known]}}
    code, text = said("history", "c-2024", "--year", "2024", "--as-of", moment, *KEN)
    assert dict(server.seen[-1].url.params) == {"year": "2024", "as_of": moment}
    assert (code, f"What was known of 2024 on {moment}" in text, "12,895,492,254" in text) == (0, True, True)
    code, text = said("history", "c-2024", "--as-of", moment, *KEN)
    assert (code, "pmm answers CYCLE --as-of MOMENT" in text) == (2, True)


def test_answers_are_those_of_the_moment(server: Server, got: Got) -> None:
    server.answers = {f"GET {PATH}": {"answers": [], "claims": [], "status": "draft"}}
    assert got("answers", "c-2024", "--as-of", "2026-01-31T12:00:00Z", *KEN) == (0, {"answers": [], "claims": []})
    assert server.seen[-1].url.params["as_of"] == "2026-01-31T12:00:00Z"


@pytest.mark.parametrize("command", ["evidence", "threads", "disclosure", "audit"])
def test_a_group_alone_shows_its_commands(command: str, said: Said) -> None:
    code, text = said(command)
    assert (code, "Usage: pmm" in text) == (2, True)
