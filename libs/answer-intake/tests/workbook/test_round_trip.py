"""Any table of answers survives the way through a workbook."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from answer_intake.formats import Format
from answer_intake.reading import read
from answer_intake.words_of_cells import STATES, STATUSES
from answer_intake.writing import write

CODES = st.from_regex(r"[A-Z][A-Z0-9_]{0,20}", fullmatch=True) | st.sampled_from(["E12", "TRUE", "NO", "XFD1", "MAR1"])
UNWRITABLE = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF)))
TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters=UNWRITABLE), max_size=60)
    | st.sampled_from(["=1+1", "@x", "-5", "_x0041_", "a\r\nb", "<&>\"'", "#N/A", "2024-01-01", "1,5", "  "])
).map(str.strip)
ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "administration": st.sampled_from(["KEN", "NA", "12E4", "=X"]),
            "code": CODES,
            "year": st.integers(1900, 2100),
            "value": st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53),
            "state": st.none() | st.sampled_from(STATES),
            "status": st.none() | st.sampled_from(STATUSES),
            "reason": TEXTS,
            "comment": TEXTS,
            "period": st.none() | st.just("2023-07-01/2024-06-30"),
        }
    ),
    max_size=8,
)


@settings(deadline=None)
@given(ITEMS)
def test_what_is_written_is_read_again(items: list[dict[str, Any]]) -> None:
    table = read(write(items, Format.XLSX, many=True), Format.XLSX, many=True)
    assert (table.findings, table.notes) == ([], [])
    read_back = [{name: value for name, value in row._asdict().items() if name != "number"} for row in table.rows]
    assert read_back == [{name: None if value == "" else value for name, value in item.items()} for item in items]
    assert [row.number for row in table.rows] == list(range(2, 2 + len(items)))
