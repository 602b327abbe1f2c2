"""How cells of the template look, and how texts of others are written: never as a formula, never as a link."""

import re
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
GREY, YELLOW, BLUE, PALE_BLUE, LINE = "#F2F2F2", "#FFFBE0", "#1F4E79", "#DCE6F1", "#BFBFBF"
LONGEST = 32_767
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CELL = {"border": 1, "border_color": LINE, "valign": "top", "font_size": 10}
_FORMATS: dict[str, dict[str, Any]] = {
    "plain": {},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "mark": {"font_color": "#FFFFFF", "font_size": 6},
    "link": {"font_color": "#0563C1", "underline": 1},
    "plain_percent": {"num_format": "0.00%"},
    "faulty": {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 1, "border_color": "#9C0006"},
    "faulty_percent": {"bg_color": "#FFC7CE", "font_color": "#9C0006", "num_format": "0.00%"},
    "title": {"bold": True, "font_size": 14, "font_color": BLUE},
    "lead": {"font_size": 10},
    "heading": {**_CELL, "bold": True, "font_color": "#FFFFFF", "bg_color": BLUE, "text_wrap": True},
    "node0": {"bold": True, "font_size": 12, "bg_color": "#B8CCE4"},
    "node": {"bold": True, "bg_color": PALE_BLUE},
    "kpi": {"italic": True, "bg_color": PALE_BLUE},
    "code": {**_CELL, "bg_color": GREY, "font_size": 8, "font_color": "#595959"},
    "told": {**_CELL, "bg_color": GREY, "text_wrap": True},
    "year": {**_CELL, "bg_color": GREY, "num_format": "0", "align": "center"},
    "earlier": {**_CELL, "bg_color": GREY, "num_format": "#,##0.############", "align": "right"},
    "earlier_whole": {**_CELL, "bg_color": GREY, "num_format": "#,##0", "align": "right"},
    "whole": {**_CELL, "bg_color": YELLOW, "locked": False, "num_format": "#,##0"},
    "number": {**_CELL, "bg_color": YELLOW, "locked": False},
    "word": {**_CELL, "bg_color": YELLOW, "locked": False},
    "text": {**_CELL, "bg_color": YELLOW, "locked": False, "text_wrap": True, "num_format": "@"},
    "closed": {**_CELL, "bg_color": GREY},
    "step": {"bold": True, "valign": "top", "font_color": BLUE},
    "told_step": {"text_wrap": True, "valign": "top"},
}
_PROTECTED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}


def writable(text: str) -> str:
    """The text without what no XML can hold; control characters have their own way of being written."""
    return text if text.isascii() else _UNWRITABLE.sub("\ufffd", text)


class Looks:
    """The formats of a workbook by name, made when first asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Format] = {}

    def __getitem__(self, name: str) -> Format:
        return self._format(name, is_quoted=False)

    def text(self, sheet: Worksheet, row: int, column: int, text: str, name: str) -> None:
        """Write a text as a text; one that begins like a formula stays one also after it has been edited."""
        look = self._format(name, is_quoted=text.startswith(FORMULA_STARTS))
        if text:
            sheet.write_string(row, column, writable(text)[:LONGEST], look)
        else:
            sheet.write_blank(row, column, None, look)

    def number(self, sheet: Worksheet, row: int, column: int, value: float, name: str) -> None:
        """Write a number; as text where the file would keep fewer digits than it has."""
        if float(f"{value:.16G}") == value:
            sheet.write_number(row, column, value, self[name])
        else:
            sheet.write_string(row, column, repr(value), self[name])

    def _format(self, name: str, *, is_quoted: bool) -> Format:
        key = (name, is_quoted)
        if key not in self._made:
            properties = {**_FORMATS[name], "quote_prefix": True} if is_quoted else _FORMATS[name]
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def protect(sheet: Worksheet) -> None:
    """Lock all cells but the yellow ones; without password, against slips only."""
    sheet.protect("", _PROTECTED)


def print_on_pages(sheet: Worksheet, footer: str, *, landscape: bool) -> None:
    """A4, as wide as one page."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer(f"&C&8{footer}")
    if landscape:
        sheet.set_landscape()
