"""Whatever is sent: it is taken as it is, or refused in words of both languages; nothing else ever happens."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from answer_intake.checking import check
from answer_intake.findings import UnreadableError
from answer_intake.formats import Format, format_of
from answer_intake.reading import read
from answer_intake.report import Report
from answer_intake.rulebook import Rulebook
from answer_intake.wording import LANGUAGES

Judge = Callable[..., Any]
FIELDS = ["code", "year", "value", "state", "status", "reason", "comment", "period", "administration", "other", ""]
WORDS = ["HOURS", "REVENUE", "K-TIME", "missing", "opted_out", "none", "number", "2024", "1e999", "NaN", "", "E"]
PERIODS = ["2023-07-01/2024-06-30", "2024-01-01/2024-12-31", "9999-01-01/9999-12-31"]
scalars = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    *(st.sampled_from(WORDS), st.sampled_from(PERIODS), st.just(2024)),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)
items = st.dictionaries(st.sampled_from(FIELDS), values, max_size=8) | values
cells = st.sampled_from(["", *WORDS, *PERIODS, "1,5", "1.5", "1,234", "1.234", "1.234,5", "2024-01-05", "#REF!", "=A1"])
csv_text = st.text(alphabet=st.sampled_from('codeyarvlu,";\n\r\t| 0123456789.-\ufeff\x00\u00e9'), max_size=200)


def is_taken_or_refused_in_words(rulebook: Rulebook, body: bytes, fmt: Format, *, many: bool) -> None:
    """Judge; a report must be one that can be written in each form and language."""
    try:
        table = read(body, fmt, many=many)
    except UnreadableError as error:
        report = Report(fmt, 0, [error.finding])
    else:
        checked = check(table, rulebook, member=None if many else "KEN", members={"KEN", "UGA", "004", "NA"})
        report = Report(fmt, table.received, checked.findings, checked.notes)
    for language in LANGUAGES:
        document = report.document(language)
        json.dumps(document, ensure_ascii=False).encode()
        assert document["errors_found"] == len(document["errors"])
        assert sum(group["rows"] for group in document["groups"]) <= document["errors_found"]
        assert b"".join(report.ndjson(language)).count(b"\n") == len(report.findings) + len(report.notes)
        b"".join(report.csv(language)).decode()


@given(st.lists(items, max_size=5), st.booleans())
def test_any_json_rows(rulebook: Rulebook, rows: list[Any], many: bool) -> None:
    lines = [json.dumps(row, ensure_ascii=True) for row in rows]
    document = '{"answers": [' + ",".join(lines) + "]}"
    is_taken_or_refused_in_words(rulebook, document.encode(), Format.JSON, many=many)
    is_taken_or_refused_in_words(rulebook, "\n".join(lines).encode(), Format.NDJSON, many=many)


@given(st.binary(max_size=200) | values.map(lambda value: json.dumps(value).encode()), st.booleans())
def test_any_bytes(rulebook: Rulebook, body: bytes, many: bool) -> None:
    for fmt in (Format.JSON, Format.NDJSON, Format.CSV, format_of("", body)):
        is_taken_or_refused_in_words(rulebook, body, fmt, many=many)


@given(csv_text, st.booleans())
@settings(max_examples=200)
def test_any_text_as_csv(rulebook: Rulebook, text: str, many: bool) -> None:
    is_taken_or_refused_in_words(rulebook, text.encode(), Format.CSV, many=many)
    whole = f"administration,code,year,value,state\n{text}"
    is_taken_or_refused_in_words(rulebook, whole.encode(), Format.CSV, many=many)


@given(st.lists(st.lists(cells, min_size=9, max_size=9), max_size=6), st.sampled_from(";\t|"))
@settings(max_examples=200)
def test_any_cells_as_csv(rulebook: Rulebook, rows: list[list[str]], delimiter: str) -> None:
    heading = ["administration", *FIELDS[:8]]
    text = "\n".join(delimiter.join(row) for row in [heading, *rows])
    is_taken_or_refused_in_words(rulebook, text.encode(), Format.CSV, many=True)
