"""Finds out what a body is: its format, encoding, delimiter and decimal mark, or says why that cannot be known."""

from collections.abc import Callable
from typing import Any

import pytest

from answer_intake.findings import UnreadableError
from answer_intake.formats import Format, UnknownFormatError, format_of, format_of_name

Judge = Callable[..., Any]


@pytest.mark.parametrize(
    ("kind", "body", "fmt"),
    [
        ("application/json; charset=utf-8", b"", Format.JSON),
        ("Application/X-NDJSON", b"", Format.NDJSON),
        ('text/csv; charset="windows-1252"; header=present', b"", Format.CSV),
        (Format.XLSX.media_type, b"", Format.XLSX),
        ("", b'\xef\xbb\xbf {"answers": []}', Format.JSON),
        (None, b'{"code": "A"}\n{"code": "B"}\n', Format.NDJSON),
        ("application/octet-stream", b'{"answers": [{"code": "A"}]}\n', Format.JSON),
        ("application/octet-stream", b"[]", Format.JSON),
        ("application/octet-stream", b"PK\x03\x04", Format.XLSX),
        ("application/octet-stream", b"code,year,value", Format.CSV),
    ],
)
def test_the_format_is_what_is_said_or_what_it_looks_like(kind: str | None, body: bytes, fmt: Format) -> None:
    assert format_of(kind, body) is fmt


@pytest.mark.parametrize("kind", ["application/xml", "text/csv; charset=koi8-r", "multipart/form-data"])
def test_other_formats_are_unknown(kind: str) -> None:
    with pytest.raises(UnknownFormatError, match=kind.partition("=")[2] or kind):
        format_of(kind)


@pytest.mark.parametrize(
    ("name", "fmt"),
    [("a.JSON", Format.JSON), ("b/a.jsonl", Format.NDJSON), ("a.b.tsv", Format.CSV), ("x/a.xlsx", Format.XLSX)],
)
def test_the_ending_of_a_name_says_the_format(name: str, fmt: Format) -> None:
    assert format_of_name(name) is fmt


def test_a_name_without_ending_says_nothing() -> None:
    assert format_of_name("folder.d/answers", b"{}") is Format.JSON
    with pytest.raises(UnknownFormatError, match="docx"):
        format_of_name("answers.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_csv_may_be_in_several_encodings(judge: Judge, encoding: str) -> None:
    text = "code,year,value,comment\nHOURS,2024,1,café\n"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    outcome = judge(mark + text.encode(encoding), Format.CSV)
    assert outcome.taken.answers["KEN", "HOURS", 2024].comment == "café"
    assert [note.code for note in outcome.notes] == ["answers.encoding_assumed"] * (encoding == "cp1252")


@pytest.mark.parametrize("delimiter", list(",;\t|"))
@pytest.mark.parametrize("heading", ["code,year,value", "Code , Année,VALEUR", "Code,Calendar_Year,Value *"])
def test_csv_may_have_several_delimiters_and_headings(judge: Judge, delimiter: str, heading: str) -> None:
    text = f"{heading}\nHOURS,2024,1\n".replace(",", delimiter)
    assert judge(text).taken.answers["KEN", "HOURS", 2024].value == 1.0


def test_rows_are_counted_as_spreadsheets_show_them(judge: Judge) -> None:
    text = 'sep=;\ncode;year;value;comment\n\nHOURS;2024;1;"two\nlines"\nHUORS;2024;1;\n'
    assert [(each.code, each.row) for each in judge(text).errors] == [("answers.unknown_input", 4)]


def test_columns_that_explain_are_read_over(judge: Judge) -> None:
    text = "code,Name,Unité,year,value,Earlier value,\nHOURS,Hours; open,h,2024,1,12,\n"
    outcome = judge(text)
    assert (outcome.errors, outcome.taken.count) == ([], 1)


def values(judge: Judge, *cells: str) -> list[Any]:
    """What a column of figures is read as: numbers, and codes of errors."""
    codes = ("HOURS", "BALANCE", "STAFF", "UNUSED")
    rows = "".join(f"{code};2024;{cell}\n" for code, cell in zip(codes, cells, strict=False))
    outcome = judge(f"code;year;value\n{rows}")
    errors = {each.row: each.code.removeprefix("answers.") for each in outcome.errors}
    numbers = {entry.row: entry.value for entry in outcome.taken.answers.values()}
    return [errors.get(row, numbers.get(row)) for row in range(2, 2 + len(cells))]


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("1,5", "2"), [1.5, 2.0]),
        (("0,123", "1,234"), [0.123, 1.234]),
        (("1,5", "1.234"), [1.5, "ambiguous_number"]),
        (("1,234", "2"), ["ambiguous_number", 2.0]),
        (("1.234", "2"), [1.234, 2.0]),
        (("1,234", "1.234"), ["ambiguous_number", "ambiguous_number"]),
        (("1,234", "1.5"), ["ambiguous_number", 1.5]),
        (("1,234", "1.5", "1.234"), ["ambiguous_number", 1.5, 1.234]),
        (("1,5", "1.5"), ["mixed_decimals", 1.5]),
        (("1,5", "1.5", "1.234", "7"), ["mixed_decimals", 1.5, "mixed_decimals", 7.0]),
        (("1.234,5", "1.234"), ["not_a_number", "ambiguous_number"]),
        (("1,234.5", "1.234"), ["not_a_number", 1.234]),
        (("1,5e3", "2"), [1500.0, 2.0]),
    ],
)
def test_decimal_commas_are_settled_for_a_whole_file(judge: Judge, cells: tuple[str, ...], read: list[Any]) -> None:
    assert values(judge, *cells) == read


def test_both_readings_are_told(judge: Judge) -> None:
    ambiguous = judge("code;year;value\nHOURS;2024;1,5\nBALANCE;2024;1.234\n")
    assert ambiguous.errors[0].message == "“1.234” can be read as 1.234 or as 1234."
    assert ambiguous.errors[0].hint.startswith("Write 1,234 or 1234:")
    assert ambiguous.notes[0].message == "Decimals in this file have a comma: 1,5 was read as 1.5."
    mixed = judge("code;year;value\nHOURS;2024;1,5\nBALANCE;2024;1.5\n").errors[0]
    assert mixed.message == ("“1,5” can be read as 1.5 or as 15: row 2 has a decimal comma, row 3 a decimal point.")


MANGLED = [
    ("value", "HOURS;2024;2-Jan", "answers.looks_like_date"),
    ("value", "HOURS;2024;2024-01-05", "answers.looks_like_date"),
    ("value", "HOURS;2024;05/01/2024", "answers.looks_like_date"),
    ("value", "HOURS;2024;janv-24", "answers.looks_like_date"),
    ("value", "HOURS;2024;#DIV/0!", "answers.spreadsheet_error"),
    ("value", "HOURS;2024;#VALEUR!", "answers.spreadsheet_error"),
    ("value", "HOURS;2024;NA", "answers.not_a_number"),
    ("value", "HOURS;2024;VRAI", "answers.not_a_number"),
    ("code", "1.00E+02;2024;1", "answers.mangled_code"),
    ("code", "TRUE;2024;1", "answers.mangled_code"),
    ("code", "1-Sep;2024;1", "answers.mangled_code"),
    ("code", "#REF!;2024;1", "answers.mangled_code"),
    ("year", "HOURS;45292;1", "answers.not_a_year"),
    ("year", "HOURS;2023/24;1", "answers.not_a_year"),
    ("year", "HOURS;01/01/2024;1", "answers.not_a_year"),
    ("year", "HOURS;2024,0;1", "answers.not_a_year"),
]


@pytest.mark.parametrize(("column", "row", "code"), MANGLED)
def test_what_spreadsheets_mangle_has_words_of_its_own(judge: Judge, column: str, row: str, code: str) -> None:
    assert [(each.code, each.column) for each in judge(f"code;year;value\n{row}\n").errors] == [(code, column)]


def test_a_code_that_lost_its_zeros_is_recognised(judge: Judge) -> None:
    errors = judge("administration;code;year;value\n4;HOURS;2024;1\n100;HOURS;2024;1\n", many=True).errors
    assert [each.code for each in errors] == ["answers.mangled_code"] * 2


def test_ndjson_reads_the_lines_that_can_be_read(judge: Judge) -> None:
    body = b'{"code": "HOURS", "year": 2024, "value": 1}\r\n\n{"code": "HOURS",}\n[1]\n{"code": "H\xd6"}\n'
    outcome = judge(body, Format.NDJSON)
    assert [(each.code, each.row) for each in outcome.errors] == [
        ("answers.line_malformed", 3),
        ("answers.not_an_object", 4),
        ("answers.line_encoding", 5),
    ]
    assert outcome.taken.count == 1


@pytest.mark.parametrize(
    ("body", "fmt", "error"),
    [
        (b'{\n  "answers": []\n}', Format.NDJSON, "answers.other_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.CSV, "answers.other_format"),
        (b"%PDF-1.7", Format.JSON, "answers.other_format"),
        (b"code,year\nH\x81,1", Format.CSV, "answers.encoding"),
        ("code,year".encode("utf-16")[:-1], Format.CSV, "answers.encoding"),
    ],
)
def test_what_cannot_be_read_is_refused_as_a_whole(judge: Judge, body: bytes, fmt: Format, error: str) -> None:
    with pytest.raises(UnreadableError, match=error):
        judge(body, fmt)
