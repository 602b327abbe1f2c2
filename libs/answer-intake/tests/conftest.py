"""Files as texts, checked against a small framework."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from answer_intake.checking import check
from answer_intake.formats import Format
from answer_intake.reading import read
from answer_intake.report import Report
from answer_intake.rulebook import Rulebook
from answer_intake.taken import Taken
from framework_spec.document import Framework
from framework_spec.rules import RulePack, rule_pack

MEMBERS = frozenset({"KEN", "UGA"})
GOALPOSTS = {"normalisation": "goalposts", "lower": 0, "upper": 100}


def _kpi(code: str, formula: str, **more: Any) -> dict[str, Any]:
    return {
        **{"code": code, "kind": "kpi", "formula": formula, "direction": "higher_is_better", "scoring": GOALPOSTS},
        **more,
    }


DOCUMENT: dict[str, Any] = {
    "spec": "openpmm.framework/1",
    "code": "small",
    "version": "1",
    "purpose": "scoring",
    "population": "testers",
    "inputs": [
        {"code": "DECLARATIONS_ALL", "type": "integer", "minimum": 0},
        {"code": "DECLARATIONS_ELECTRONIC", "type": "integer", "minimum": 0},
        {"code": "HOURS", "minimum": 0, "maximum": 8784},
        {"code": "BALANCE"},
        {"code": "REVENUE", "fiscal_year": "allowed", "years": ["T", "T-1"]},
        {"code": "STAFF"},
        {"code": "UNUSED"},
    ],
    "rules": [
        {
            **{"id": "R-STAFF", "kind": "change", "severity": "warning", "value": "STAFF", "maximum_rise": 50},
            **{"text": {"en": "Staff rose by more than half.", "fr": "Le personnel a augmenté de plus de moitié."}},
        },
        {
            **{"id": "R-ELECTRONIC", "kind": "comparison", "severity": "error"},
            **{"check": "DECLARATIONS_ELECTRONIC <= DECLARATIONS_ALL", "text": {"en": "No more than all."}},
        },
    ],
    "root": {
        "code": "OVERALL",
        "kind": "index",
        "children": [
            _kpi("K-SHARE", "100 * DECLARATIONS_ELECTRONIC / DECLARATIONS_ALL"),
            _kpi("K-GROWTH", "DECLARATIONS_ALL / DECLARATIONS_ALL[T-1]", missing={"claims": ["not_applicable"]}),
            _kpi("K-TIME", "HOURS"),
            _kpi("K-BALANCE", "BALANCE", missing={"claims": []}),
        ],
    },
}


class Told(NamedTuple):
    """What is said of one row, in English."""

    code: str
    row: int | None
    column: str | None
    message: str
    hint: str
    pointer: str | None


class Outcome(NamedTuple):
    """What a file comes to."""

    taken: Taken
    errors: list[Told]
    notes: list[Told]


Judge = Callable[..., Outcome]


@pytest.fixture(scope="session")
def pack() -> RulePack:
    """The rules of the small framework."""
    return rule_pack(Framework.model_validate(DOCUMENT))


@pytest.fixture(scope="session")
def rulebook(pack: RulePack) -> Rulebook:
    """What the small framework asks for in a cycle about 2024."""
    return Rulebook.of(pack, 2024)


@pytest.fixture(scope="session")
def judge(rulebook: Rulebook) -> Judge:
    """Judge a file of Kenya, or of many: a list of rows for JSON, a text for CSV, bytes in the format named (JSON)."""

    def judge(body: list[Any] | str | bytes, fmt: Format = Format.JSON, *, many: bool = False) -> Outcome:
        if isinstance(body, str):
            body, fmt = body.encode(), Format.CSV
        elif isinstance(body, list):
            body = json.dumps({"answers": body}).encode()
        table = read(body, fmt, many=many)
        checked = check(table, rulebook, member=None if many else "KEN", members=MEMBERS)
        report = Report(fmt, table.received, checked.findings, checked.notes).document("en")
        errors, notes = ([_told(entry) for entry in report[name]] for name in ("errors", "notes"))
        return Outcome(checked.taken, errors, notes)

    return judge


def _told(entry: dict[str, Any]) -> Told:
    return Told(entry["code"], *(entry.get(name) for name in Told._fields[1:]))  # type: ignore[arg-type]  # as the report has them
