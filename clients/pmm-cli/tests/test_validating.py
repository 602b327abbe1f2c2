"""A file is checked on this machine, and its errors are written in every form."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from framework_spec.reading import read_framework
from framework_spec.rules import rule_pack
from tests.support.answer_corpus import CORPUS
from tests.support.gateway import FRAMEWORK
from tests.support.pmm import Said, Server

SMALL = read_framework(FRAMEWORK)
VERSION = "/api/v1/frameworks/small/versions/1"
OPTIONS = ("--cycle", "c-2024", "--administration", "KEN")
UNREADABLE = ("xlsx-old-format", "xlsx-encrypted", "xlsx-cut-off", "xlsx-page-named-xlsx")


@pytest.fixture(autouse=True)
def cycle(server: Server) -> None:
    """A server with one cycle."""
    found = {"framework": "small", "framework_version": "1", "framework_digest": SMALL.digest(), "reporting_year": 2024}
    server.answers = {
        "GET /api/v1/cycles/c-2024": found,
        f"GET {VERSION}": SMALL.model_dump(mode="json"),
        f"GET {VERSION}/rule-pack": rule_pack(SMALL).model_dump(mode="json"),
    }


def texts_of(workbook: Path) -> str:
    """All that stands in the first sheet."""
    sheet = load_workbook(workbook).worksheets[0]
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_workbook_that_cannot_be_read_has_its_error_listed(said: Said, home: Path, name: str) -> None:
    code, text = said("validate", str(CORPUS / "one" / f"{name}.xlsx"), *OPTIONS, "--errors", "all.xlsx")
    assert (code, "1 error in" in text, "Written to all.xlsx" in text) == (1, True, True)
    report = json.loads((CORPUS / "one" / f"{name}.expected.json").read_text(encoding="utf-8"))["report"]
    assert report["errors"][0]["message"] in texts_of(home / "all.xlsx")


def test_errors_of_any_file_come_in_every_form(said: Said, home: Path) -> None:
    (home / "a.csv").write_text("code,year,value\nDONE,2024,80\nAL,2024,100\n", encoding="utf-8")
    for ending in ("json", "ndjson", "csv", "xlsx"):
        assert said("validate", "a.csv", *OPTIONS, "--errors", f"all.{ending}")[0] == 1
    (error,) = json.loads((home / "all.json").read_text(encoding="utf-8"))["errors"]
    (line,) = (home / "all.ndjson").read_text(encoding="utf-8").splitlines()
    (row,) = csv.DictReader(io.StringIO((home / "all.csv").read_text(encoding="utf-8-sig")))
    found: list[Any] = [error["message"], json.loads(line)["message"], row["message"]]
    assert found == [error["message"]] * 3
    assert error["message"] in texts_of(home / "all.xlsx")


def test_an_unknown_form_is_told_before_anything_is_written(said: Said, home: Path) -> None:
    (home / "a.csv").write_text("code,year,value\nAL,2024,100\n", encoding="utf-8")
    code, text = said("validate", "a.csv", *OPTIONS, "--errors", "all.pdf")
    assert (code, "Errors are not written as .pdf" in text, (home / "all.pdf").exists()) == (2, True, False)
