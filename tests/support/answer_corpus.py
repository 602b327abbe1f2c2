"""The corpus of hostile and sloppy files of answers, each with its expected report: what it is and how it is judged."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from answer_intake.checking import check
from answer_intake.findings import UnreadableError
from answer_intake.formats import format_of_name
from answer_intake.reading import read
from answer_intake.report import Report
from answer_intake.rulebook import Rulebook
from answer_intake.workbook.facts import TemplateFacts
from answer_intake.workbook.placed import refuse_other_template
from answer_intake.writing import items_of
from framework_spec.document import Framework
from framework_spec.rules import RulePack, rule_pack

CORPUS = Path(__file__).resolve().parents[2] / "libs" / "answer-intake" / "tests" / "corpus"
ONE, MANY = "one", "many"  # folders: files of one administration, and those in which each row names its own
MEMBER = "KEN"
MEMBERS = frozenset({"KEN", "UGA", "FRA", "004", "1E2", "NA"})
REPORTING_YEAR = 2024


class Case(NamedTuple):
    """A file of the corpus."""

    path: Path
    many: bool

    @property
    def expected(self) -> Path:
        """Where its report is kept."""
        return self.path.with_suffix(".expected.json")


def cases() -> Iterator[Case]:
    """All files, by name."""
    for folder in (ONE, MANY):
        for path in sorted((CORPUS / folder).iterdir()):
            if not path.name.endswith(".expected.json"):
                yield Case(path, folder == MANY)


@cache
def pack() -> RulePack:
    """The rules of the made-up framework of the corpus."""
    text = (CORPUS / "framework.json").read_text(encoding="utf-8")
    return rule_pack(Framework.model_validate_json(text))


@cache
def rulebook() -> Rulebook:
    """What the made-up framework asks for."""
    return Rulebook.of(pack(), REPORTING_YEAR)


def judged(case: Case) -> dict[str, Any]:
    """What is said of a file: the whole report in English, its causes in French too, and what is taken."""
    body, fmt = case.path.read_bytes(), format_of_name(case.path.name)
    try:
        table = read(body, fmt, many=case.many)
        whose = None if case.many else MEMBER
        refuse_other_template(table, TemplateFacts(administration=whose, framework=pack().framework))
    except UnreadableError as error:
        report, taken = Report(fmt, 0, [error.finding]), None
    else:
        checked = check(table, rulebook(), member=None if case.many else MEMBER, members=MEMBERS)
        report, taken = Report(fmt, table.received, checked.findings, checked.notes), checked.taken
    document = {
        "can_be_read": taken is not None,
        "taken": [] if taken is None else list(items_of(taken, many=case.many)),
        "report": report.document("en"),
        "in_french": [group["text"] for group in report.document("fr")["groups"]],
    }
    plain: dict[str, Any] = json.loads(json.dumps(document, ensure_ascii=False))
    return plain
