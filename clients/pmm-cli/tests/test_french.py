"""What is said in French, and that nothing is forgotten."""

import ast
import re
from pathlib import Path

import pytest

import pmm_cli
from pmm_cli.french import FRENCH
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
