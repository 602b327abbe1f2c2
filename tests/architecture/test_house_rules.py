"""The house rules hold over the whole tree, and each of them catches a bad example."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.architecture import rules

EVERYWHERE = [
    rules.opens_with_a_docstring,
    rules.is_of_good_size,
    rules.names_classes_by_what_they_are,
    rules.does_no_work_on_import,
]
IN_TESTS = [rules.says_which_error_it_expects, rules.waits_by_polling]
BAD_EXAMPLES = [
    (rules.opens_with_a_docstring, "x = 1\n"),
    (rules.is_of_good_size, '"""A module."""\n' + "x = 1\n" * 401),
    (rules.is_of_good_size, "def f():\n" + "    x = 1\n" * 51),
    (rules.names_classes_by_what_they_are, "class CycleManager: ...\n"),
    (rules.knows_no_domain_noun, "# counts the KPIs of a cycle\n"),
    (rules.says_which_error_it_expects, "with pytest.raises(ValueError):\n    f()\n"),
    (rules.waits_by_polling, "time.sleep(1)\n"),
    (rules.does_no_work_on_import, "engine = create_engine('x')\n"),
]


def python_files(root: Path, *patterns: str) -> list[Path]:
    """The Python files below the folders that the patterns name."""
    return sorted(path for pattern in patterns for path in root.glob(pattern) if "node_modules" not in path.parts)


def faults(root: Path, files: list[Path], checks: Sequence[rules.Rule]) -> list[str]:
    """Every fault as `file: what`."""
    return [
        f"{path.relative_to(root)}: {fault}"
        for path in files
        for check in checks
        for fault in check(path.read_text(encoding="utf-8"))
    ]


def test_every_module_keeps_the_house_rules(root: Path) -> None:
    files = python_files(root, "libs/*/src/**/*.py", "services/*/src/**/*.py", "deploy/local/src/**/*.py")
    assert len(files) > 50
    assert faults(root, files, EVERYWHERE) == []


def test_the_service_kit_knows_no_domain_noun(root: Path) -> None:
    files = python_files(root, "libs/service-kit/src/**/*.py")
    assert faults(root, files, [rules.knows_no_domain_noun]) == []


def test_tests_say_what_they_expect_and_poll(root: Path) -> None:
    files = python_files(
        root, "tests/**/*.py", "libs/*/tests/**/*.py", "services/*/tests/**/*.py", "deploy/local/tests/**/*.py"
    )
    files = [path for path in files if path.name != Path(__file__).name]
    assert faults(root, files, [*IN_TESTS, rules.opens_with_a_docstring]) == []


def test_every_error_code_of_submissions_is_named_in_a_test(root: Path) -> None:
    service = root / "services" / "submission-svc"
    sources = (path.read_text(encoding="utf-8") for path in (service / "src").rglob("*.py"))
    codes = {code for source in sources for code in rules.error_codes(source)}
    tests = "".join(path.read_text(encoding="utf-8") for path in (service / "tests").rglob("*.py"))
    assert len(codes) > 50
    assert {code for code in codes if f'"{code}"' not in tests} == set()


@pytest.mark.parametrize(("rule", "example"), BAD_EXAMPLES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_rule_catches_its_bad_example(rule: rules.Rule, example: str) -> None:
    assert list(rule(example)) != []


def test_services_have_the_same_skeleton(root: Path) -> None:
    for service in sorted(root.glob("services/*-svc")):
        package = service / "src" / service.name.replace("-", "_")
        for part in (
            "__main__.py",
            "bootstrap/api.py",
            "bootstrap/worker.py",
            "settings.py",
            "entrypoints/http",
            "adapters/db",
        ):
            assert (package / part).exists(), f"{service.name} lacks {part}"
        ports = package / "application" / "ports"
        assert ports.is_dir() or ports.with_suffix(".py").exists(), f"{service.name} lacks {ports}"
        for part in ("README.md", "pyproject.toml", "alembic.ini", "migrations/env.py", "tests"):
            assert (service / part).exists(), f"{service.name} lacks {part}"


def test_no_registry_or_machine_path_is_committed(root: Path) -> None:
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "find-links" not in lock
    requirements = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in line for line in requirements)
    assert lock.count("--hash=sha256:") >= len(requirements)
