"""The corpus of hostile and sloppy files: each gets the very report that stands beside it."""

import json

import pytest

from tests.support.answer_corpus import CORPUS, Case, cases, judged

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=[f"{case.path.parent.name}/{case.path.name}" for case in CASES])
def test_a_file_gets_its_expected_report(case: Case) -> None:
    assert judged(case) == json.loads(case.expected.read_text(encoding="utf-8"))


def test_there_are_many_files_of_every_format() -> None:
    endings = [case.path.suffix for case in CASES]
    assert len(endings) >= 60
    assert set(endings) >= {".csv", ".json", ".ndjson", ".xlsx"}


def test_every_expectation_has_its_file() -> None:
    expected = {path for folder in ("one", "many") for path in (CORPUS / folder).glob("*.expected.json")}
    assert expected == {case.expected for case in CASES}
