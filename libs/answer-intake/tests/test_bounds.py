"""A file that is wrong throughout, or far too large, is refused quickly and with a bounded report."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from answer_intake import suggesting
from answer_intake.findings import UnreadableError
from answer_intake.formats import Format
from answer_intake.reading import read
from answer_intake.rows import MOST_COLUMNS, MOST_ROWS

Judge = Callable[..., Any]


@pytest.mark.parametrize(
    ("fmt", "body"),
    [
        (Format.JSON, json.dumps({"answers": [0] * (MOST_ROWS + 1)}).encode()),
        (Format.NDJSON, b"0\n" * (MOST_ROWS + 1)),
        (Format.CSV, b"code,year,value\n" + b"A,2024,1\n" * (MOST_ROWS + 1)),
    ],
)
def test_too_many_rows_are_refused_before_they_are_checked(fmt: Format, body: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^answers\.too_many_rows"):
        read(body, fmt, many=False)


def test_a_heading_or_an_item_without_end_is_one_error() -> None:
    heading = ",".join(f"codeyear{n}" for n in range(100_000)).encode()
    assert [finding.code for finding in read(heading, Format.CSV, many=False).findings] == ["answers.too_many_columns"]
    item = {f"codeyear{n}": 1 for n in range(60_000)}
    table = read(json.dumps({"answers": [item]}).encode(), Format.JSON, many=False)
    assert [finding.code for finding in table.findings] == ["answers.too_many_fields"]
    odd = json.dumps(dict.fromkeys((f"x{n}" for n in range(60_000)), 1)).encode()
    assert len(read(odd, Format.JSON, many=False).findings) <= MOST_COLUMNS + 1


def test_many_unknown_codes_are_all_named_and_few_of_them_looked_up(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []

    def look_up(word: str, *_: Any, **__: Any) -> list[str]:
        looked_up.append(word)
        return []

    monkeypatch.setattr(suggesting, "get_close_matches", look_up)
    errors = judge([{"code": f"UNKNOWN_{number}", "year": 2024, "value": 1} for number in range(5_000)]).errors
    assert (len(errors), len(looked_up)) == (5_000, suggesting.MOST_LOOKED_UP)
