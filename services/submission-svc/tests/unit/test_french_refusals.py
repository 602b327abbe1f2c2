"""Whatever a member may be refused, he is refused in French, too: sought in the sources of the service and the kit."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import service_kit
import submission_svc

# Told to the secretariat alone; what `findings[0].code` stands for are the refusals of a cycle that it plans.
OF_THE_SECRETARIAT = {
    "claim.not_decidable",
    "claim.not_found",
    "cycle.exists",
    "cycle.framework_retired",
    "cycle.is_closed",
    "cycle.is_open",
    "cycle.not_for_scoring",
    "cycle.unknown_framework",
    "cycle.unknown_population",
    "cycle.window_invalid",
    "cycle.window_passed",
    "extension.too_early",
    "findings[0].code",
}
ENGLISH_SO_FAR = {"token.not_acceptable", "request.malformed", "code"}  # claims, and the shape of a request (`code`)
SOURCES = [
    path for package in (submission_svc, service_kit) for path in sorted(Path(package.__path__[0]).rglob("*.py"))
]


def untold(source: str) -> Iterator[str]:
    """The codes of the refusals, and of the findings in them, that a source words in English only."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef):
            continue
        if any(isinstance(base, ast.Name) and base.id == "ProblemError" for base in node.bases):
            yield from _without_french(node, "super().__init__")
    yield from _without_french(ast.parse(source), "ProblemError")
    if "from service_kit.errors import Finding" in source:
        yield from _without_french(ast.parse(source), "Finding")


def _without_french(tree: ast.AST, name: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) != name:
            continue
        given = {keyword.arg for keyword in node.keywords}
        wanted = {"french", "french_hint"} if name == "Finding" and "hint" in given else {"french"}
        if not wanted <= given:
            code = node.args[0]
            yield str(code.value) if isinstance(code, ast.Constant) else ast.unparse(code)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_refusal_of_a_member_has_a_french_sentence(path: Path) -> None:
    assert set(untold(path.read_text(encoding="utf-8"))) - OF_THE_SECRETARIAT - ENGLISH_SO_FAR == set()


def test_the_exceptions_are_still_there() -> None:
    found = {code for path in SOURCES for code in untold(path.read_text(encoding="utf-8"))}
    assert found == OF_THE_SECRETARIAT | ENGLISH_SO_FAR


@pytest.mark.parametrize(
    "source",
    [
        'raise ProblemError("a.b", Kind.CONFLICT, "No.")',
        'class Odd(ProblemError):\n    def __init__(self):\n        super().__init__("a.b", Kind.CONFLICT, "No.")',
        'from service_kit.errors import Finding\nFinding("a.b", "No.", hint="Yes.", french="Non.")',
    ],
)
def test_english_alone_is_noticed(source: str) -> None:
    assert list(untold(source)) == ["a.b"]
