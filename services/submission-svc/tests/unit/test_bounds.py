"""A push that is wrong throughout, or far too large, is refused quickly and in a bounded answer."""

import json
from typing import Any

import pytest

from service_kit.errors import ProblemError
from submission_svc.domain.push import checking
from submission_svc.domain.push.csv_format import read_csv
from submission_svc.domain.push.json_format import read_json
from submission_svc.domain.push.rows import MOST_COLUMNS, MOST_ROWS


def test_too_many_rows_are_refused_before_they_are_checked() -> None:
    items = json.dumps({"answers": [0] * (MOST_ROWS + 1)}).encode()
    with pytest.raises(ProblemError, match=r"^answers\.too_many_rows"):
        read_json(items, many=False)
    rows = b"code,year,value\n" + b"A,2024,1\n" * (MOST_ROWS + 1)
    with pytest.raises(ProblemError, match=r"^answers\.too_many_rows"):
        read_csv(rows, many=False)


def test_a_heading_or_an_item_without_end_is_one_error() -> None:
    heading = ",".join(f"codeyear{n}" for n in range(100_000)).encode()
    assert [finding.code for finding in read_csv(heading, many=False).findings] == ["answers.too_many_columns"]
    item = {f"codeyear{n}": 1 for n in range(60_000)}
    table = read_json(json.dumps({"answers": [item]}).encode(), many=False)
    assert [finding.code for finding in table.findings] == ["answers.too_many_fields"]
    odd = json.dumps(dict.fromkeys((f"x{n}" for n in range(60_000)), 1)).encode()
    assert len(read_json(odd, many=False).findings) <= MOST_COLUMNS + 1


def test_errors_past_the_bound_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_FINDINGS", 3)
    table: Any = read_json(json.dumps({"answers": [0] * 10}).encode(), many=False)
    with pytest.raises(ProblemError, match=r"10 errors in 10 rows; nothing was saved\. The first 3 are in errors\."):
        checking._refuse(table)
