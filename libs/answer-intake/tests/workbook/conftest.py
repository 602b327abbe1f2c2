"""A small framework, workbooks written cell by cell, and archives written part by part."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import pytest

from answer_intake.checking import Checked, check
from answer_intake.rulebook import Rulebook
from answer_intake.workbook.placed import WorkbookTable
from answer_intake.workbook.reading import read_workbook
from framework_spec.document import Framework
from framework_spec.reading import validate_document
from framework_spec.rules import rule_pack

Build = Callable[..., bytes]
Rezip = Callable[[bytes, Mapping[str, bytes | None]], bytes]
Judge = Callable[[bytes], tuple[WorkbookTable, Checked]]

SMALL: dict[str, Any] = {
    "spec": "openpmm.framework/1",
    "code": "small",
    "version": "1",
    "purpose": "scoring",
    "population": "testers",
    "languages": ["en", "fr"],
    "bands": [{"code": "A", "from": 50}, {"code": "B", "from": 0}],
    "inputs": [
        {
            "code": "ALL",
            "unit": "count",
            "type": "integer",
            "minimum": 0,
            "name": {"en": "=All declarations", "fr": "Toutes les déclarations"},
        },
        {"code": "GOOD", "unit": "count", "type": "integer", "minimum": 0, "name": {"en": "Good ones"}},
        {"code": "SHARE", "unit": "percent", "minimum": 0, "maximum": 100, "name": {"en": "@Share"}},
        {"code": "HOURS", "unit": "hours", "fiscal_year": "allowed", "name": {"en": "-Hours"}},
        {"code": "XE2", "name": {"en": "Spare"}},
    ],
    "root": {
        "code": "OVERALL",
        "kind": "index",
        "name": {"en": "Overall", "fr": "Ensemble"},
        "children": [
            {
                "code": "D1",
                "kind": "dimension",
                "name": {"en": "First", "fr": "Première"},
                "children": [
                    {
                        "code": "D1-1",
                        "kind": "kpi",
                        "name": {"en": "Good share", "fr": "Part des bons"},
                        "formula": "100 * (GOOD - GOOD[T-1]) / ALL",
                        "direction": "higher_is_better",
                        "scoring": {"normalisation": "goalposts", "lower": 0, "upper": 100},
                    },
                    {
                        "code": "D1-2",
                        "kind": "kpi",
                        "name": {"en": "+Size"},
                        "formula": "ALL",
                        "direction": "context_only",
                        "missing": {"claims": []},
                    },
                    {
                        "code": "D1-3",
                        "kind": "kpi",
                        "name": {"en": "Time"},
                        "formula": "HOURS * SHARE",
                        "direction": "context_only",
                        "missing": {"claims": ["not_applicable"]},
                    },
                ],
            }
        ],
    },
}
HEADING = ("code", "year", "value")


@pytest.fixture(scope="session")
def framework() -> Framework:
    """ALL and GOOD (also for T-1) are counts, SHARE is a percentage, HOURS may be of a fiscal year."""
    return validate_document(SMALL)


@pytest.fixture(scope="session")
def rulebook(framework: Framework) -> Rulebook:
    """What may be pushed for 2024."""
    return Rulebook.of(rule_pack(framework), 2024)


@pytest.fixture
def judge(rulebook: Rulebook) -> Judge:
    """Reads a workbook of one member and checks it."""

    def judged(body: bytes) -> tuple[WorkbookTable, Checked]:
        table = read_workbook(body, many=False)
        return table, check(table, rulebook, member="KEN")

    return judged


@pytest.fixture
def build() -> Build:
    """Makes a workbook of rows; `styled` gives cells a number format."""

    def built(
        *rows: Sequence[Any],
        heading: Sequence[str] | None = HEADING,
        more: Mapping[str, Sequence[Sequence[Any]]] | None = None,
        styled: Mapping[str, str] | None = None,
        change: Callable[[Any], None] | None = None,
    ) -> bytes:
        book = openpyxl.Workbook()
        sheet = book.active
        for row in ([heading] if heading else []) + [*rows]:
            sheet.append(row)
        for cell, number_format in (styled or {}).items():
            sheet[cell].number_format = number_format
        for name, lines in (more or {}).items():
            other = book.create_sheet(name)
            for line in lines:
                other.append(line)
        if change is not None:
            change(book)
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    return built


@pytest.fixture
def rezip() -> Rezip:
    """Writes an archive anew with parts replaced, added, or (None) left out."""
    return _rezipped


def _rezipped(body: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        kept = {name: source.read(name) for name in source.namelist()}
        for name, data in {**kept, **parts}.items():
            if data is not None:
                archive.writestr(name, data)
    return target.getvalue()
