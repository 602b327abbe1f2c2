"""What is said in French, and that nothing is forgotten."""

import ast
import json
import re
from pathlib import Path

import httpx
import pytest

import pmm_cli.api
import pmm_cli.commands.watch
import pmm_cli.errors
import pmm_cli.pushing
import pmm_cli.rules
from pmm_cli.commands.showing import ROWS_WITHOUT
from pmm_cli.french import FRENCH
from pmm_cli.output import Output
from tests.support.pmm import Said, Server

SAYING = ("say", "note", "words", "table", "result")
SPOKEN = ("showing", "validating", "pushing", "warnings")  # commands that are asked for a language throughout


def _named(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize("english", FRENCH)
def test_a_translation_names_what_the_text_names(english: str) -> None:
    assert _named(FRENCH[english]) == _named(english)
    assert not re.search(r"[^\u00a0][;:!?]|'", FRENCH[english])


def test_every_text_of_commands_with_a_language_is_translated() -> None:
    folder = Path(pmm_cli.__file__).parent / "commands"
    for name in SPOKEN:
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _named(node.value):
                assert node.value in FRENCH, f"{name}: {node.value}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SAYING:
                for argument in node.args[:2]:
                    if isinstance(argument, ast.Tuple):
                        columns = [each.value for each in argument.elts if isinstance(each, ast.Constant)]
                        assert set(columns) <= FRENCH.keys(), f"{name}: {columns}"


def test_every_text_that_is_said_anywhere_is_translated() -> None:
    found: list[str] = [text for text in vars(pmm_cli.pushing).values() if isinstance(text, str) and _named(text)]
    for module in (pmm_cli.api, pmm_cli.errors, pmm_cli.rules, pmm_cli.commands.watch):
        found += [text for text in vars(module).values() if isinstance(text, str) and _named(text)]
    found += [*pmm_cli.errors._LINES.values(), *(said.text for said in pmm_cli.errors.ADVICE.values())]
    assert len(found) >= 15
    assert set(found) <= FRENCH.keys()


def test_every_stage_of_a_job_has_its_word() -> None:
    document = json.loads((Path(__file__).parents[3] / "contracts/openapi/submission.json").read_text(encoding="utf-8"))
    stages = document["components"]["schemas"]["JobRead"]["properties"]["stage"]["enum"]
    assert "marking" in stages
    assert set(stages) <= FRENCH.keys()


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        *(("en", 0, "0 rows"), ("en", 1, "1 row without"), ("en", 2, "2 rows"), ("en", 1200, "1,200 rows")),
        *(
            ("fr", 0, "0 ligne sans"),
            ("fr", 1, "1 ligne sans"),
            ("fr", 2, "2 lignes"),
            ("fr", 1200, "1\u202f200 lignes"),
        ),
    ],
)
def test_rows_are_counted_in_words_that_fit(language: str, number: int, said: str) -> None:
    assert said in Output(language=language).words(ROWS_WITHOUT, file="a.csv", number=number)


@pytest.mark.parametrize(
    "asked", [("--language", "fr"), ("-l", "fr"), ("--language=fr",)], ids=["long", "short", "joined"]
)
def test_a_refusal_and_its_advice_are_french(server: Server, said: Said, asked: tuple[str, ...]) -> None:
    warning = {"id": "outlier:X:2024", "text": "X est loin."}
    problem = {
        **{"code": "submission.incomplete", "detail": "Il manque quelque chose.", "warnings": [warning]},
        **{"blocking": [{"rule": "PARTS", "text": "Trop."}], "errors": [{"row": 3, "message": "Non."}]},
    }
    server.answers = {"GET /api/v1/cycles": httpx.Response(409, json=problem)}
    _, text = said("cycles", *asked)
    assert "ligne 3\u00a0: Non." in text
    assert "règle non respectée PARTS" in text
    assert "Avec pmm\u00a0: `pmm warnings CYCLE` montre les chiffres" in text
    assert server.seen[-1].headers["Accept-Language"] == "fr"
    server.answers = {"GET /api/v1/cycles": httpx.ConnectError("refused")}
    assert "http://pmm.test ne répond pas\u00a0: refused." in said("cycles", *asked)[1]


def test_a_refusal_is_french_where_the_environment_says_so(
    server: Server, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENPMM_LANGUAGE", "fr")
    server.answers = {"GET /api/v1/cycles": httpx.ConnectError("refused")}
    assert "ne répond pas" in said("cycles")[1]


def test_cycles_in_french_with_their_state_of_today(server: Server, said: Said) -> None:
    cycle = {
        **{"code": "c-2024", "name": {"en": "Cycle 2024", "fr": "Cycle de 2024"}, "status": "open", "state": "ended"},
        **{"reporting_year": 2024, "closes_on": "2025-06-30", "deadline": "2025-06-30"},
    }
    server.answers = {"GET /api/v1/cycles": {"items": [cycle]}}
    _, french = said("cycles", "--language", "fr")
    assert all(word in french for word in ("Cycle de 2024", "état", "terminé", "clôture le"))
    _, english = said("cycles")
    assert all(word in english for word in ("Cycle 2024", "state", "ended"))
    assert "open" not in english
