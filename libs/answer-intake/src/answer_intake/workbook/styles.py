"""Tells from a workbook's styles which of its numbers are dates or percentages to whoever looks at them."""

import re
import zipfile
from typing import Literal

from answer_intake.workbook.parts import Attributes, attribute, read_part

Look = Literal["date", "percent"]
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))  # built into every program
_PERCENTS = frozenset((9, 10))
# What is not part of the pattern itself: quoted and escaped characters, colours and conditions, padding.
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS = re.compile("[dmyhs]", re.IGNORECASE)


def looks(archive: zipfile.ZipFile, part: str) -> dict[str, Look]:
    """The style numbers, as cells write them, whose numbers look like dates or percentages."""
    formats: dict[int, str] = {}
    found: dict[str, Look] = {}
    inside, styles = "", 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside, styles
        if name == "numFmt":
            formats[_number(attribute(attributes, "numFmtId"))] = attribute(attributes, "formatCode") or ""
        elif name in ("cellXfs", "cellStyleXfs", "dxfs"):
            inside = name
        elif name == "xf" and inside == "cellXfs":
            look = _look(_number(attribute(attributes, "numFmtId")), formats)
            if look is not None:
                found[str(styles)] = look
            styles += 1

    read_part(archive, part, start)
    return found


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _look(number: int, formats: dict[int, str]) -> Look | None:
    if number not in formats:
        return "percent" if number in _PERCENTS else "date" if number in _DATES else None
    pattern = _ASIDE.sub("", formats[number])
    if "%" in pattern:
        return "percent"
    is_general = pattern.lower().startswith(("general", "standard"))
    return "date" if not is_general and _DATE_LETTERS.search(pattern) else None
