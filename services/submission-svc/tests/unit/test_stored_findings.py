"""Findings as jobs store them: piece by piece, and the same again."""

import json
import zlib

import pytest

from answer_intake.findings import Finding
from submission_svc.domain import job
from submission_svc.domain.job import StoredFindings, packed

FINDINGS = [
    Finding("answers.unknown_input", number, "code", {"like": ("A\n", "É"), "input": "X" * number}, f"A{number}")
    for number in range(1, 60)
] + [Finding("answers.empty")]


@pytest.mark.parametrize("pieces", [(1, 1), (7, 50), (60, 2**14), (100, 2**14)])
def test_they_come_back_as_they_were_whatever_the_pieces(
    monkeypatch: pytest.MonkeyPatch, pieces: tuple[int, int]
) -> None:
    monkeypatch.setattr(job, "FINDINGS_A_PIECE", pieces[0])
    monkeypatch.setattr(job, "BYTES_A_PIECE", pieces[1])
    stored = StoredFindings(packed(FINDINGS), len(FINDINGS))
    assert [list(stored), list(stored)] == [FINDINGS, FINDINGS]
    assert len(stored) == len(FINDINGS)
    assert FINDINGS[3] in stored


def test_there_may_be_none() -> None:
    assert (list(StoredFindings(None, None)), len(StoredFindings(None, None))) == ([], 0)
    assert list(StoredFindings(packed([]), 0)) == []


def test_those_that_were_stored_in_one_piece_are_read_too() -> None:
    old = zlib.compress(json.dumps([["answers.empty", None, None, {"like": ["A"]}, None]]).encode())
    assert list(StoredFindings(old, 1)) == [Finding("answers.empty", None, None, {"like": ("A",)})]
