"""Tables that people can read, however narrow their terminal is."""

import pytest
from rich.console import Console

from pmm_cli.tables import print_table

COLUMNS = ("code", "name", "years", "type", "unit", "minimum", "comment")
NAME = "Import declarations lodged and processed electronically"
ROW = ("DECLARATIONS_ELECTRONIC_IMPORT", NAME, "2023, 2024", "integer", "count", "0", "-")
Said = pytest.CaptureFixture[str]


def printed(capsys: Said, width: int, columns: tuple[str, ...], *rows: tuple[str, ...]) -> list[str]:
    """The lines of a table."""
    print_table(Console(width=width, highlight=False, soft_wrap=True), "Inputs", columns, list(rows))
    return capsys.readouterr().out.splitlines()


def test_what_fits_side_by_side_is_a_table(capsys: Said) -> None:
    lines = printed(capsys, 140, COLUMNS, ROW)
    assert [cell.strip() for cell in lines[4].split("│")[1:-1]] == [*ROW[:-1]]


def test_a_column_that_says_nothing_is_left_out(capsys: Said) -> None:
    assert "comment" not in "".join(printed(capsys, 140, COLUMNS, ROW))
    said = "".join(printed(capsys, 140, COLUMNS, ROW, (*ROW[:-1], "Estimated.")))
    assert ("comment" in said, "Estimated." in said) == (True, True)
    assert "comment" in "".join(printed(capsys, 140, COLUMNS))


def test_what_does_not_fit_is_one_block_a_row(capsys: Said) -> None:
    assert printed(capsys, 80, COLUMNS, ROW, ROW)[1:4] == [
        "DECLARATIONS_ELECTRONIC_IMPORT",
        f"  name: {NAME}",
        "  years: 2023, 2024; type: integer; unit: count; minimum: 0",
    ]


def test_long_words_are_not_cut_and_lines_stay_lines(capsys: Said) -> None:
    digest = "sha256:" + "a" * 64
    text = "2026-01-31 secretariat: Hours at sea?\n2026-02-01 contact-ken: Yes."
    lines = printed(capsys, 60, ("id", "status", "comments", "details"), ("t-1", "open", text, f"of {digest}"))
    assert lines[1:] == [
        "t-1",
        "  status: open",
        "  comments: 2026-01-31 secretariat: Hours at sea?",
        "    2026-02-01 contact-ken: Yes.",
        "  details: of",
        f"    {digest}",
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_text_is_wider_than_the_terminal(capsys: Said, width: int) -> None:
    assert max(map(len, printed(capsys, width, COLUMNS, ROW, ROW))) <= width


def test_a_column_without_a_name_has_no_colon(capsys: Said) -> None:
    address = "https://" + "a" * 40
    assert printed(capsys, 40, ("", ""), ("url", address))[1:] == ["url", f"  {address}"]
