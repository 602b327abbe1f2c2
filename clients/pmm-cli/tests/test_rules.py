"""What a cycle asks for is kept: `inputs` and `validate` go on without a connection."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from answer_intake.workbook.given import TemplateCycle
from answer_intake.workbook.template import make_template
from framework_spec.reading import read_framework
from framework_spec.rules import rule_pack
from tests.support.gateway import FRAMEWORK
from tests.support.pmm import Got, Said, Server

SMALL = read_framework(FRAMEWORK)
CYCLE = {"framework": "small", "framework_version": "1", "framework_digest": SMALL.digest(), "reporting_year": 2024}
VERSION = "/api/v1/frameworks/small/versions/1"
CUT = httpx.ConnectError("Network is unreachable")


@pytest.fixture
def answers(server: Server) -> dict[str, Any]:
    """A server with one cycle."""
    server.answers = {
        "GET /api/v1/cycles/c-2024": CYCLE,
        f"GET {VERSION}": SMALL.model_dump(mode="json"),
        f"GET {VERSION}/rule-pack": rule_pack(SMALL).model_dump(mode="json"),
    }
    return server.answers


def cut(answers: dict[str, Any]) -> None:
    answers.update(dict.fromkeys(answers, CUT))


def test_inputs_are_the_same_without_a_connection(
    answers: dict[str, Any], server: Server, got: Got, said: Said
) -> None:
    code, online = got("inputs", "c-2024")
    assert (code, [each["code"] for each in online["items"]]) == (0, ["DONE", "ALL", "HOURS", "SEIZURES"])
    assert online["items"][0]["name"] == "Declarations lodged electronically"
    cut(answers)
    server.seen.clear()
    assert got("inputs", "c-2024") == (0, online)
    assert len(server.seen) == 1
    code, text = said("inputs", "c-2024", "--language", "fr")
    assert (code, "Déclarations électroniques" in text, "Données demandées par c-2024" in text) == (0, True, True)
    assert "Le serveur ne répond pas" in text


def test_files_are_checked_without_a_connection(answers: dict[str, Any], got: Got, home: Path) -> None:
    (home / "a.csv").write_text("code,year,value\nDONE,2024,80\nAL,2024,100\n", encoding="utf-8")
    arguments = ("validate", "a.csv", "--cycle", "c-2024", "--administration", "KEN")
    code, online = got(*arguments)
    assert (code, online["errors"][0]["code"]) == (1, "answers.unknown_input")
    cut(answers)
    assert got(*arguments) == (1, online)


@pytest.mark.parametrize("answer", [CUT, httpx.Response(503), httpx.Response(200, text="<html>")])
def test_whatever_stands_where_the_server_was(answers: dict[str, Any], got: Got, answer: Any) -> None:
    assert got("inputs", "c-2024")[0] == 0
    answers.update(dict.fromkeys(answers, answer))
    assert got("inputs", "c-2024")[0] == 0


def test_rules_that_were_never_fetched_are_told_as_such(server: Server, got: Got) -> None:
    server.answers = {"GET /api/v1/cycles/c-2024": CUT}
    code, problem = got("inputs", "c-2024")
    assert (code, problem["code"]) == (4, "rules.not_kept")
    assert "do this once while the server answers" in problem["detail"]


def test_damaged_rules_are_fetched_anew(answers: dict[str, Any], got: Got, home: Path) -> None:
    _, found = got("inputs", "c-2024")
    (kept,) = home.rglob("c-2024.json")
    kept.write_text("{", encoding="utf-8")
    assert got("inputs", "c-2024") == (0, found)
    kept.write_text(json.dumps({"pack_json": "{}"}), encoding="utf-8")
    cut(answers)
    assert got("inputs", "c-2024")[0] == 4


def test_a_cycle_that_there_is_no_longer_is_refused(answers: dict[str, Any], got: Got) -> None:
    assert got("inputs", "c-2024")[0] == 0
    answers["GET /api/v1/cycles/c-2024"] = httpx.Response(404, json={"code": "cycle.not_found"})
    assert got("inputs", "c-2024")[0] == 1


def test_a_template_of_another_cycle_is_refused_without_a_connection(
    answers: dict[str, Any], got: Got, home: Path
) -> None:
    template = make_template(SMALL, TemplateCycle("c-2023", "Cycle", 2023), "KEN", "en")
    (home / "t.xlsx").write_bytes(template)
    arguments = ("validate", "t.xlsx", "--cycle", "c-2024", "--administration", "KEN")
    code, online = got(*arguments)
    assert (code, [each["code"] for each in online["errors"]]) == (1, ["workbook.other_cycle"])
    cut(answers)
    assert got(*arguments) == (1, online)


def test_rules_kept_without_a_digest_still_serve(answers: dict[str, Any], got: Got, home: Path) -> None:
    _, found = got("inputs", "c-2024")
    (kept,) = home.rglob("c-2024.json")
    document = json.loads(kept.read_text(encoding="utf-8"))
    del document["framework_digest"]
    kept.write_text(json.dumps(document), encoding="utf-8")
    cut(answers)
    assert got("inputs", "c-2024") == (0, found)
