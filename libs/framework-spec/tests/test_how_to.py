"""The example of the how-to page can be published as it stands, and does what the page says."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from framework_spec.document import Breakdown
from framework_spec.reading import publishing_problems, read_framework, validate_document
from framework_spec.rules import Answers, evaluate_rules

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "write-a-framework.md"
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_example_has_neither_fault_nor_warning() -> None:
    assert publishing_problems(BLOCKS[0]) == ()


def test_the_rules_of_the_example_speak() -> None:
    framework = read_framework(BLOCKS[0])
    answers = Answers(2026, {("DECLARATIONS", 2026): 10, ("DECLARATIONS", 2025): 5, ("ELECTRONIC", 2026): 11})
    found = evaluate_rules(framework, answers, date(2026, 12, 31), "fr")
    assert [(violation.rule, violation.blocks, violation.shadow) for violation in found] == [
        ("ELECTRONIC-WITHIN-ALL", True, False),
        ("DECLARATIONS-JUMP", False, True),
    ]
    assert found[0].text.startswith("Les déclarations électroniques")


def test_the_further_fields_of_a_kpi_are_taken() -> None:
    document: dict[str, Any] = yaml.safe_load(BLOCKS[0].replace("2027-01-01", '"2027-01-01"'))
    document["root"]["children"][0]["children"][0].update(yaml.safe_load(BLOCKS[1]))
    kpi = validate_document(document).kpis()[0]
    assert kpi.missing is not None
    assert kpi.missing.claims == ("not_applicable",)
    assert isinstance(kpi.breakdowns[0], Breakdown)
