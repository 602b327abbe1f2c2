"""Whatever is sent: it is taken as it is, or refused in words; nothing else ever happens."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service_kit.errors import Finding, ProblemError

Push = Callable[..., Any]
FIELDS = ["code", "year", "value", "state", "reason", "comment", "administration", "other", ""]
WORDS = ["HOURS", "BALANCE", "K-TIME", "missing", "opted_out", "none", "number", "2024", "1e999", "NaN", ""]
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(WORDS), st.just(2024)
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)
items = st.dictionaries(st.sampled_from(FIELDS), values, max_size=7) | values
finite = st.floats(allow_nan=False, allow_infinity=False)


def findings_of(push: Push, body: Any, *, many: bool) -> Sequence[Finding]:
    """What a push is refused for; nothing when it is taken."""
    try:
        push(body, many=many)
    except ProblemError as problem:
        return problem.findings or [Finding("none", "")]
    return ()


def is_taken_or_refused_in_words(push: Push, body: Any, *, many: bool) -> None:
    """Push; a refusal must be one that can be written as an answer."""
    for finding in findings_of(push, body, many=many):
        assert finding.message
        json.dumps(finding.as_dict(), ensure_ascii=False).encode()


@given(st.lists(items, max_size=5), st.booleans())
def test_any_json_rows(push: Push, rows: list[Any], many: bool) -> None:
    body = json.dumps({"answers": rows}, ensure_ascii=True).encode()
    is_taken_or_refused_in_words(push, body, many=many)


@given(st.binary(max_size=200) | values.map(lambda value: json.dumps(value).encode()), st.booleans())
def test_any_bytes(push: Push, body: bytes, many: bool) -> None:
    is_taken_or_refused_in_words(push, body, many=many)


@given(st.text(alphabet=st.sampled_from('codeyarvlu,";\n\r\t 0123456789.-\ufeff\x00é'), max_size=200), st.booleans())
@settings(max_examples=200)
def test_any_text_as_csv(push: Push, text: str, many: bool) -> None:
    is_taken_or_refused_in_words(push, text, many=many)
    is_taken_or_refused_in_words(push, f"administration,code,year,value,state\n{text}", many=many)


@given(finite)
def test_a_number_survives_either_format(push: Push, value: float) -> None:
    rows = [{"code": "BALANCE", "year": 2024, "value": value}]
    table = io.StringIO()
    csv.writer(table).writerows([["code", "year", "value"], ["BALANCE", 2024, repr(value)]])
    for body in (rows, table.getvalue()):
        kept = push(body).answers["KEN", "BALANCE", 2024][2]
        assert repr(kept) == repr(value + 0.0)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=100))
def test_a_comment_survives_either_format(push: Push, comment: str) -> None:
    table = io.StringIO()
    csv.writer(table).writerows([["code", "year", "value", "comment"], ["BALANCE", 2024, 1, comment]])
    for body in ([{"code": "BALANCE", "year": 2024, "value": 1, "comment": comment}], table.getvalue()):
        assert push(body).answers["KEN", "BALANCE", 2024][3] == (comment.strip() or None)
