"""Keeps spreadsheets from taking texts for formulas, and gives the texts back as they were."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")


def neutralised(text: str) -> str:
    """The text with a ' before it when a spreadsheet would take it for a formula, or a reader for one that had it."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """The text that was neutralised."""
    return text[1:] if text[:1] == "'" and _NEUTRALISED.match(text) else text
