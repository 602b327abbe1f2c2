"""One fault hides no other, and what a spreadsheet adds by itself is no fault."""

from collections.abc import Callable
from typing import Any

import pytest

from answer_intake import suggesting
from answer_intake.rows import MOST_COLUMNS
from answer_intake.suggesting import MOST_LOOKED_UP, Suggester

Judge = Callable[..., Any]


def test_beside_an_unknown_state_the_value_is_judged_too(judge: Judge) -> None:
    row = {"code": "HOURS", "year": 2024, "state": "applicable"}
    found = judge([{**row, "value": -1}, {**row, "value": "x"}, row]).errors
    assert [(each.row, each.code.removeprefix("answers.")) for each in found] == [
        *((1, "unknown_state"), (1, "below_minimum")),
        *((2, "unknown_state"), (2, "not_a_number")),
        (3, "unknown_state"),
    ]


def test_an_administration_beside_the_answers_is_a_field_like_any_other(judge: Judge) -> None:
    [found] = judge(b'{"administration": "KEN", "answers": [{"code": "HOURS", "year": 2024, "value": 1}]}').errors
    assert (found.code, found.row) == ("answers.unknown_field", None)


def test_columns_without_end_that_nobody_has_named_are_passed_over(judge: Judge) -> None:
    rest = "," * MOST_COLUMNS
    outcome = judge(f"code,year,value{rest}\nHOURS,2024,1.5{rest}\n")
    assert (outcome.errors, outcome.taken.count) == ([], 1)


def test_a_word_is_looked_up_once_and_its_suggestion_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []

    def look_up(word: str, *_: Any, **__: Any) -> list[str]:
        looked_up.append(word)
        return ["hours"] if word == "huors" else []

    monkeypatch.setattr(suggesting, "get_close_matches", look_up)
    suggest = Suggester(["HOURS"])
    others = [f"X{number}" for number in range(MOST_LOOKED_UP)]
    assert [suggest(word) for word in ("HUORS", *others, "HUORS")] == ["HOURS", *([None] * len(others)), "HOURS"]
    assert len(looked_up) == MOST_LOOKED_UP
