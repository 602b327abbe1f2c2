"""Where errors of a CSV file are: rows as spreadsheets count, lines as editors do, columns by the sender's names."""

import csv
import io
from typing import Any

import pytest

from answer_intake.checking import check
from answer_intake.findings import UnreadableError
from answer_intake.formats import Format
from answer_intake.numbers import read_number, spelled
from answer_intake.reading import read
from answer_intake.report import Report
from answer_intake.rulebook import Rulebook


def report(text: str, rulebook: Rulebook) -> Report:
    """The report on a file of Kenya."""
    table = read(text.encode(), Format.CSV, many=False)
    checked = check(table, rulebook, member="KEN")
    return Report(Format.CSV, table.received, checked.findings, checked.notes)


def places(text: str, rulebook: Rulebook) -> list[tuple[Any, ...]]:
    """Row, line and column of each error."""
    errors = report(text, rulebook).document("en")["errors"]
    return [(each.get("row"), each.get("line"), each.get("column")) for each in errors]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_below_cells_of_several_lines_the_line_is_told_as_well(rulebook: Rulebook, end: str) -> None:
    text = (
        'code,year,value,comment\nX1,2024,1,\nHOURS,2024,1,"a\nb\nc"\nX2,2024,1,\n\nBALANCE,2024,x,"d\ne"\nX3,2024,1,\n'
    )
    expected = [(2, None, "code"), (4, 6, "code"), (6, 8, "value"), (7, 10, "code")]
    assert places(text.replace("\n", end), rulebook) == expected


def test_a_line_that_spreadsheets_swallow_is_a_line_of_the_editor(rulebook: Rulebook) -> None:
    assert places("sep=;\ncode;year;value\nX1;2024;1\n", rulebook) == [(2, 3, "code")]
    with pytest.raises(UnreadableError, match=r"^answers\.not_csv") as refused:
        read(b'sep=;\ncode;year;value\nX1;2024;"1\n', Format.CSV, many=False)
    assert refused.value.finding.parameters["line"] == 3


def test_the_list_as_csv_has_the_line(rulebook: Rulebook) -> None:
    found = report('code,year,value,comment\nHOURS,2024,1,"a\nb"\nX2,2024,1,\n', rulebook)
    [row] = csv.DictReader(io.StringIO(b"".join(found.csv("en")).decode("utf-8-sig")))
    assert (row["row"], row["line"]) == ("3", "4")


def test_columns_are_called_as_the_heading_calls_them(rulebook: Rulebook) -> None:
    assert places("code;année;valeur\nHOURS;;1\nBALANCE;2024;x\n", rulebook) == [
        (2, None, "année"),
        (3, None, "valeur"),
    ]
    assert places("CODE;Year;value\nHOURS;;1\n", rulebook) == [(2, None, "year")]
    [group] = report("code;année\nHOURS;2024\n", rulebook).document("fr")["groups"]
    assert group["text"].replace("\u00a0", " ").startswith("La colonne valeur manque : ligne 1. ")
    assert "code, année, valeur, état" in group["hint"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("1.234,5",), None),
        (("1\u00a0234,5",), None),
        (("1.234,5", "2,5", "3,5"), "2,5 was read as 2.5"),
        (("1,234", "2,5"), "1,234 was read as 1.234"),
        (("1,234",), None),
        (("1.234", "2,5"), "2,5 was read as 2.5"),
    ],
)
def test_a_decimal_comma_is_told_of_a_cell_that_was_read_so(
    rulebook: Rulebook, cells: tuple[str, ...], told: str | None
) -> None:
    text = "code;year;value\n" + "".join(f"HOURS;2024;{cell}\n" for cell in cells)
    notes = [each["message"] for each in report(text, rulebook).document("en")["notes"]]
    assert [told in note for note in notes if told] == ([] if told is None else [True])
    assert bool(notes) == (told is not None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *[(76_583_115_649.0, "76583115649"), (1e11, "100000000000"), (1e15, "1000000000000000")],
        *[(123456789012.125, "123456789012.125"), (1e-5, "0.00001"), (-2.5e-7, "-0.00000025"), (0.1 + 0.2, None)],
        *[(9007199254740994.0, "9007199254740994"), (1e20, "1" + "0" * 20), (1e300, "1e+300")],
    ],
)
def test_figures_are_spelled_without_exponents_and_read_back(value: float, text: str | None) -> None:
    assert spelled(value) == (text or "0.30000000000000004")
    assert read_number(spelled(value)) == value
