"""Every way in which a JSON file can be wrong, and what its sender is told."""

from collections.abc import Callable
from typing import Any

import pytest

from answer_intake.findings import UnreadableError
from answer_intake.wording import words

Judge = Callable[..., Any]
GOOD: dict[str, Any] = {"code": "HOURS", "year": 2024, "value": 1.5}


def row(**changes: Any) -> dict[str, Any]:
    """A good row with changes; None takes a field away."""
    return {name: value for name, value in {**GOOD, **changes}.items() if value is not None}


def claim(**changes: Any) -> dict[str, Any]:
    """A good claim with changes."""
    whole = {"code": "K-TIME", "state": "opted_out", "reason": "Not measured here.", **changes}
    return {name: value for name, value in whole.items() if value is not None}


def taken_back(**changes: Any) -> dict[str, Any]:
    """A good row that takes a claim back, with changes."""
    return {"code": "K-TIME", "state": "none", **changes}


WRONG: list[tuple[Any, str, str | None, str, str]] = [
    # item, code of the error, column, words of its message, words of its hint
    (row(code=None), "answers.code_required", "code", "code is missing", "as the framework"),
    (row(code=7), "answers.code_not_text", "code", "must be text", "quotes"),
    (row(code="HUORS"), "answers.unknown_input", "code", "no input HUORS", "Did you mean HOURS?"),
    (row(code="hours"), "answers.unknown_input", "code", "no input hours", "Did you mean HOURS?"),
    (row(code="QQQ"), "answers.unknown_input", "code", "no input QQQ", ""),
    (row(code="K-TIME"), "answers.kpi_not_input", "code", "K-TIME is a KPI: it is calculated", "inputs of its formula"),
    (row(year=None), "answers.year_required", "year", "year is missing", "For HOURS give 2024."),
    (row(year=2023), "answers.wrong_year", "year", "HOURS is not asked for 2023", "For HOURS give 2024."),
    (
        row(code="DECLARATIONS_ALL", year=2022, value=1),
        "answers.wrong_year",
        "year",
        "DECLARATIONS_ALL is not asked for 2022",
        "2024 or 2023",
    ),
    (row(year="2024"), "answers.not_a_year", "year", "“2024” is not a calendar year", "2024 without quotes"),
    (row(year=2024.5), "answers.not_a_year", "year", "“2024.5” is not a calendar year", "For HOURS give 2024."),
    (row(year=[[]]), "answers.not_a_year", "year", "“[...]” is not a calendar year", "2024"),
    (row(year=True), "answers.not_a_year", "year", "“true” is not a calendar year", "2024"),
    (row(value=None), "answers.value_required", "value", "value is missing", "write missing into state"),
    (row(value=True), "answers.not_a_number", "value", "“true” is not a number", "1 for yes and 0 for no"),
    (row(value="12.5"), "answers.number_as_text", "value", "“12.5” is text", "12.5 without quotes"),
    (row(value="12,5"), "answers.ambiguous_number", "value", "read as 12.5 or as 125", "12.5 or 125"),
    (row(value="1,234,567.8"), "answers.not_a_number", "value", "not a number", "without separators"),
    (row(value="85%"), "answers.not_a_number", "value", "“85%” is not a number", "percent sign"),
    (row(value="n/a"), "answers.not_a_number", "value", "“n/a” is not a number", "write missing into state"),
    (row(value="NaN"), "answers.not_finite", "value", "“NaN” is not a number", "write missing into state"),
    (row(value="=A1+1"), "answers.not_a_number", "value", "not a number", "formula of a spreadsheet"),
    (row(value="+5"), "answers.not_a_number", "value", "“+5” is not a number", "no plus sign"),
    (row(value="a lot"), "answers.not_a_number", "value", "“a lot” is not a number", "decimal point"),
    (row(value=[1]), "answers.not_a_number", "value", "“[...]” is not a number", "one number"),
    (row(value=-0.5), "answers.below_minimum", "value", "-0.5 is below the minimum, 0", "unit"),
    (row(value=8785), "answers.above_maximum", "value", "8785 is above the maximum, 8784", "unit"),
    (row(code="DECLARATIONS_ALL", value=1.5), "answers.not_whole", "value", "1.5 is not a whole number", "unit"),
    (row(state="number", value=None), "answers.value_required", "value", "value is missing", ""),
    (row(state="missing"), "answers.value_unexpected", "value", "missing figure has no value", "Leave value empty"),
    (row(state="applicable"), "answers.unknown_state", "state", "no state “applicable”", "not_applicable"),
    (row(status="X"), "answers.unknown_status", "status", "no observation status “X”", "E (estimated)"),
    (row(status=1), "answers.unknown_status", "status", "no observation status “1”", "E (estimated)"),
    (row(state=3), "answers.unknown_state", "state", "no state “3”", "missing"),
    (row(state=[]), "answers.unknown_state", "state", "no state “[...]”", "missing"),
    (row(comment=5), "answers.comment_not_text", "comment", "comment must be text", "quotes"),
    (row(comment="x" * 2001), "answers.comment_too_long", "comment", "2001 characters", "2000"),
    (row(comment="a\x00b"), "answers.comment_unwritable", "comment", "control characters", "remove"),
    (row(comment="\ud800"), "answers.comment_unwritable", "comment", "control characters", "remove"),
    (row(colour="red"), "answers.unknown_field", None, "field “colour” is not known", "Known fields: code, year"),
    (row(comentary="red"), "answers.unknown_field", None, "comentary", "Did you mean comment?"),
    (row(administration="KEN"), "answers.administration_unexpected", "administration", "one administration", "Take"),
    ([], "answers.not_an_object", None, "not a JSON object", "Each answer"),
    (claim(reason=None), "answers.reason_required", "reason", "reason is missing", "why this KPI"),
    (claim(reason="  "), "answers.reason_required", "reason", "reason is missing", ""),
    (claim(reason=4), "answers.reason_not_text", "reason", "reason must be text", ""),
    (claim(year=2024), "answers.year_unexpected", "year", "has no year", "Leave it empty"),
    (claim(value=0), "answers.value_unexpected", "value", "has no value", "Leave it empty"),
    (claim(comment="x"), "answers.comment_unexpected", "comment", "has no comment", "only code, state and reason"),
    (claim(code="HOURS"), "answers.input_not_kpi", "code", "HOURS is an input; opted_out", "write missing into state"),
    (claim(code="K-TIMES"), "answers.unknown_kpi", "code", "no KPI K-TIMES", "Did you mean K-TIME?"),
    (claim(code=None), "answers.code_required", "code", "code is missing", ""),
    (
        taken_back(reason="a mistake"),
        "answers.reason_unexpected",
        "reason",
        "takes a KPI in again has no reason",
        "Leave",
    ),
    (taken_back(reason=4), "answers.reason_not_text", "reason", "reason must be text", ""),
    (
        taken_back(year=2024),
        "answers.year_unexpected",
        "year",
        "takes a KPI in again has no year",
        "only code and state",
    ),
    (taken_back(value=0), "answers.value_unexpected", "value", "has no value", "only code and state"),
    (taken_back(comment="x"), "answers.comment_unexpected", "comment", "has no comment", "only code and state"),
    (taken_back(code="HOURS"), "answers.year_required", "year", "year is missing", "For HOURS give 2024."),
    (taken_back(code="HOURS", year=2024, value=1), "answers.value_unexpected", "value", "deletes an answer", "year"),
    (taken_back(code="HOURS", year=2024, reason="x"), "answers.reason_unexpected", "reason", "deletes an", "year"),
    (taken_back(code="HUORS", year=2024), "answers.unknown_input", "code", "no input HUORS", "Did you mean HOURS?"),
    (taken_back(code="K-TIMES"), "answers.unknown_kpi", "code", "no KPI K-TIMES", "Did you mean K-TIME?"),
    (row(state="None"), "answers.unknown_state", "state", "no state “None”", "opted_out or none"),
]


@pytest.mark.parametrize(("item", "code", "column", "words", "hint"), WRONG)
def test_says_what_is_wrong_and_what_to_do(
    judge: Judge, item: Any, code: str, column: str | None, words: str, hint: str
) -> None:
    found = judge([GOOD, item]).errors
    assert [(each.code, each.row, each.column) for each in found] == [(code, 2, column)]
    assert words in found[0].message
    assert hint in (found[0].hint or "")
    assert found[0].pointer == ("/answers/1" if column is None else f"/answers/1/{column}")


RAW: list[tuple[bytes, str, str]] = [
    (b'{"answers": [{"code": "HOURS", "year": 2024, "value": NaN}]}', "answers.not_finite", "“NaN” is not a number"),
    (b'{"answers": [{"code": "HOURS", "year": 2024, "value": -Infinity}]}', "answers.not_finite", "-Infinity"),
    (b'{"answers": [{"code": "HOURS", "year": 2024, "value": 1e400}]}', "answers.too_large", "1e400 is far too large"),
    (b'{"answers": [{"code": "HOURS", "year": 2024, "value": 1e-400}]}', "answers.too_many_digits", "1e-400 has more"),
    (
        b'{"answers": [{"code": "HOURS", "year": 2024, "value": 1e-' + b"9" * 20 + b"}]}",
        "answers.too_many_digits",
        "has more",
    ),
    (
        b'{"answers": [{"code": "BALANCE", "year": 2024, "value": 0.12345678901234567890}]}',
        "answers.too_many_digits",
        "more digits than can be kept",
    ),
    (
        b'{"answers": [{"code": "BALANCE", "year": 2024, "value": 9007199254740993}]}',
        "answers.too_many_digits",
        "more digits than can be kept",
    ),
    (
        b'{"answers": [{"code": "BALANCE", "year": 2024, "value": ' + b"9" * 5000 + b"}]}",
        "answers.too_many_digits",
        "9",
    ),
    (b'{"answers": [{"code": "HOURS", "code": "X", "year": 2024, "value": 1}]}', "answers.field_twice", "stands twice"),
    (b'[{"code": "HOURS", "year": 2024, "value": 1}]', "answers.not_an_object", "not a JSON object"),
    (b'{"rows": []}', "answers.unknown_field", "field “rows” is not known"),
    (b'{"answers": {}}', "answers.no_list", "be a list"),
    (b'"x"', "answers.not_an_object", "not a JSON object"),
    (b'{"answers": []}', "answers.empty", "not a single row"),
]


@pytest.mark.parametrize(("body", "code", "words"), RAW)
def test_says_what_is_wrong_with_raw_json(judge: Judge, body: bytes, code: str, words: str) -> None:
    found = judge(body).errors
    assert found[0].code == code
    assert words in found[0].message


MALFORMED: list[tuple[bytes, str]] = [
    (b"", "line 1, column 1"),
    (b'{"answers": [\n  {"code": "HOURS",}\n]}', "line 2, column 20"),
    (b'{"answers": []} x', "line 1, column 17"),
    (b'{"answers": [{"comment": "a\nb"}]}', "line 1, column 28"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"answers": [{"code": "H\xd6"}]}', "not UTF-8: byte 25, in line 1"),
]


@pytest.mark.parametrize(("body", "told"), MALFORMED)
def test_says_where_it_stops_being_json(judge: Judge, body: bytes, told: str) -> None:
    with pytest.raises(UnreadableError, match=r"answers\.(malformed|encoding|nested)") as caught:
        judge(body)
    assert told in words(caught.value.finding, "en")[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0.0),
        ("-0", 0.0),
        ("12", 12.0),
        ("0.1", 0.1),
        ("1e3", 1000.0),
        ("123456789012345", 123456789012345.0),
        ("9007199254740992", 9007199254740992.0),
        ("0.1234567890123456", 0.1234567890123456),
        ("1.50000000000000000000", 1.5),
        ("1.7976931348623157e308", 1.7976931348623157e308),
    ],
)
def test_keeps_exactly_the_number_that_was_sent(judge: Judge, text: str, value: float) -> None:
    taken = judge(b'{"answers": [{"code": "BALANCE", "year": 2024, "value": %s}]}' % text.encode()).taken
    assert repr(taken.answers["KEN", "BALANCE", 2024][2]) == repr(value)


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (claim(code="HOURS", year=2024), "answers.input_not_kpi"),
        (claim(year=2024), "answers.year_unexpected"),
        (claim(state="n/a", year=2024), "answers.unknown_state"),
        (claim(state="n/a"), "answers.unknown_state"),
        ({"code": ["K-TIME"], "state": "none"}, "answers.code_not_text"),
    ],
)
def test_one_fault_of_a_claim_is_told_once(judge: Judge, item: dict[str, Any], code: str) -> None:
    assert [each.code for each in judge([item]).errors] == [code]


def test_names_everything_at_once_in_the_order_of_the_rows(judge: Judge) -> None:
    found = judge([row(value="x", year=1999), GOOD, row(code="K-TIME"), {"cod": 1}, claim(reason=None, year=1)]).errors
    assert [(each.row, each.code.removeprefix("answers.")) for each in found] == [
        (1, "wrong_year"),
        (1, "not_a_number"),
        (3, "kpi_not_input"),
        (4, "unknown_field"),
        (4, "code_required"),
        (4, "year_required"),
        (4, "value_required"),
        (5, "year_unexpected"),
        (5, "reason_required"),
    ]


def test_rows_that_say_the_same_are_noted(judge: Judge) -> None:
    outcome = judge([GOOD, claim(), GOOD, claim()])
    assert outcome.taken.count == 2
    assert [(note.row, note.message) for note in outcome.notes] == [
        (3, "This row repeats row 1: the same answer for HOURS in 2024. It counts once."),
        (4, "This row repeats row 2: the same answer for the KPI K-TIME. It counts once."),
    ]


@pytest.mark.parametrize("other", [row(value=2), row(value=None, state="missing"), row(comment="other")])
def test_rows_that_disagree_are_refused(judge: Judge, other: Any) -> None:
    found = judge([GOOD, other]).errors
    assert [(each.code, each.row) for each in found] == [("answers.duplicate_disagrees", 2)]
    assert "row 1 give different answers for HOURS in 2024" in found[0].message


def test_four_states_stay_four_things(judge: Judge) -> None:
    taken = judge(
        [row(value=0), row(code="BALANCE", value=None, state="missing"), claim(), claim(code="K-SHARE")]
    ).taken
    assert taken.answers == {
        ("KEN", "HOURS", 2024): (1, "number", 0.0, None, None, None, None),
        ("KEN", "BALANCE", 2024): (2, "missing", None, None, None, None, None),
    }
    assert taken.claims["KEN", "K-TIME"] == (3, "opted_out", "Not measured here.")


def test_a_claim_can_be_taken_back_but_not_made_in_the_same_push(judge: Judge) -> None:
    outcome = judge([taken_back(), taken_back(), taken_back(code="K-SHARE", reason=" ", year=None, value=None)])
    taken = outcome.taken
    assert (taken.made_claims, taken.removed_claims) == ({}, [("KEN", "K-TIME"), ("KEN", "K-SHARE")])
    assert [note.message for note in outcome.notes] == [
        "This row repeats row 1: the same answer for the KPI K-TIME. It counts once."
    ]
    found = judge([claim(), taken_back()]).errors
    assert [(each.code, each.row) for each in found] == [("answers.duplicate_disagrees", 2)]


def test_a_push_for_many_names_each_administration(judge: Judge) -> None:
    taken = judge([row(administration="KEN"), row(administration="UGA")], many=True).taken
    assert taken.administrations() == ["KEN", "UGA"]
    found = judge([GOOD, row(administration="UGX"), row(administration=["KEN"])], many=True).errors
    assert [(each.row, each.code) for each in found] == [
        (1, "answers.administration_required"),
        (2, "answers.unknown_administration"),
        (3, "answers.administration_not_text"),
    ]
    assert found[1].hint == "Did you mean UGA?"


@pytest.mark.parametrize("more", [{"reason": "A new port."}, {"status": "E"}, {"period": "2023-07-01/2024-06-30"}])
def test_keeps_what_is_said_of_a_figure(judge: Judge, more: dict[str, str]) -> None:
    entry = judge([row(code="REVENUE", **more)]).taken.answers["KEN", "REVENUE", 2024]
    assert {name: getattr(entry, name) for name in more} == more


@pytest.mark.parametrize(
    ("word", "kept"), [("A", None), ("e", "E"), ("Provisional", "P"), ("rupture de s\u00e9rie", "B"), ("normale", None)]
)
def test_statuses_may_be_written_as_words(judge: Judge, word: str, kept: str | None) -> None:
    assert judge([row(status=word)]).taken.answers["KEN", "HOURS", 2024].status == kept


@pytest.mark.parametrize("word", ["Not applicable", "not-applicable", "sans objet", "NON APPLICABLE"])
def test_states_may_be_written_as_words(judge: Judge, word: str) -> None:
    assert judge([claim(state=word)]).taken.claims["KEN", "K-TIME"][1] == "not_applicable"


PERIODS = [
    ("REVENUE", "2023-07-01", "answers.not_a_period", "not a period"),
    ("REVENUE", "2023-07-01/2024-06-31", "answers.not_a_period", "not a period"),
    ("REVENUE", "20230701/20240630", "answers.not_a_period", "not a period"),
    ("REVENUE", "2024-06-30/2023-07-01", "answers.period_backwards", "ends before it begins"),
    ("REVENUE", "2023-07-01/2024-12-31", "answers.period_length", "has 550 days"),
    ("REVENUE", "2021-07-01/2022-06-30", "answers.period_elsewhere", "no day in 2024"),
    ("HOURS", "2023-07-01/2024-06-30", "answers.period_refused", "HOURS is asked for the calendar year"),
    ("REVENUE", 2023, "answers.not_a_period", "“2023” is not a period"),
    ("REVENUE", "2023/2024", "answers.not_a_period", "not a period"),
    ("HOURS", "2023/2024", "answers.period_refused", "figures of a fiscal year (2023/2024) are not taken"),
    ("HOURS", " FY2024 ", "answers.period_refused", "HOURS is asked for the calendar year"),
    ("HOURS", "2023", "answers.not_a_period", "not a period"),
    ("HOURS", "2024-06-30/2023-07-01", "answers.period_backwards", "ends before it begins"),
]


@pytest.mark.parametrize(("code", "period", "error", "told"), PERIODS)
def test_says_what_is_wrong_with_a_period(judge: Judge, code: str, period: Any, error: str, told: str) -> None:
    errors = judge([row(code=code, period=period)]).errors
    assert [(each.code, each.column) for each in errors] == [(error, "period")]
    assert told in errors[0].message


@pytest.mark.parametrize(
    ("code", "hint"),
    [("REVENUE", "first and last day into period"), ("HOURS", "Give the figure of a calendar year: 2024.")],
)
def test_a_fiscal_year_for_a_year_is_only_asked_about_where_it_may_be_one(judge: Judge, code: str, hint: str) -> None:
    [error] = judge([row(code=code, year="2023/24")]).errors
    assert (error.code, error.column) == ("answers.not_a_year", "year")
    assert hint in error.hint


def test_a_fiscal_year_is_noted_and_a_calendar_year_is_nothing_special(judge: Judge) -> None:
    calendar, fiscal = "2024-01-01/2024-12-31", "2023-07-01/2024-06-30"
    outcome = judge([row(period=calendar), row(code="REVENUE", period=fiscal)])
    assert [entry.period for entry in outcome.taken.answers.values()] == [None, fiscal]
    assert [(note.code, note.row) for note in outcome.notes] == [("answers.fiscal_period", 2)]


@pytest.mark.parametrize(("code", "hint"), [("K-GROWTH", "is not_applicable;"), ("K-BALANCE", "left out by nobody")])
def test_only_claims_that_the_kpi_allows_are_taken(judge: Judge, code: str, hint: str) -> None:
    errors = judge([claim(code=code)]).errors
    assert [(each.code, each.column) for each in errors] == [("answers.claim_not_allowed", "state")]
    assert hint in errors[0].hint


def test_answers_are_deleted_by_the_state_none(judge: Judge) -> None:
    outcome = judge([taken_back(code="HOURS", year=2024), taken_back(code="HOURS", year=2024)])
    assert outcome.taken.deleted == {("KEN", "HOURS", 2024): 1}
    assert [note.code for note in outcome.notes] == ["answers.duplicate"]


def test_of_rows_that_disagree_none_is_taken(judge: Judge) -> None:
    deleting = taken_back(code="HOURS", year=2024)
    for rows in ([GOOD, row(value=2)], [GOOD, deleting], [deleting, GOOD], [claim(), claim(reason="Another.")]):
        outcome = judge([*rows, row(code="BALANCE")])
        assert [(each.code, each.row) for each in outcome.errors] == [("answers.duplicate_disagrees", 2)]
        assert [*outcome.taken.answers, *outcome.taken.deleted, *outcome.taken.claims] == [("KEN", "BALANCE", 2024)]


@pytest.mark.parametrize(
    "spoiled", [{"code": "HOURS", "year": 2024, "value": 1, "colour": "red"}, {"administration": "UGA", **GOOD}]
)
def test_nothing_is_taken_from_a_row_with_an_error_in_its_form(judge: Judge, spoiled: Any) -> None:
    outcome = judge([spoiled, row(code="BALANCE")])
    assert len(outcome.errors) == 1
    assert ("KEN", "HOURS", 2024) not in outcome.taken.answers


def test_nothing_is_taken_from_a_file_whose_heading_is_wrong(judge: Judge) -> None:
    outcome = judge("code,year,value,comnent\nHOURS,2024,1,kept for later\n")
    assert (len(outcome.errors), outcome.taken.count) == (1, 0)
