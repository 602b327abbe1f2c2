"""Reads numbers and years strictly: what is kept is exactly what was written, or the sender is told why not."""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from math import isinf

from answer_intake.findings import Unreadable
from answer_intake.showing import shown

SAFE_DIGITS = 15  # every decimal of up to 15 significant digits survives the way through a float64
LONGEST = 400
_SMALLEST_PLAIN, _LARGEST_PLAIN = 1e-12, 1e21
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_YEAR = re.compile(r"([0-9]{4})(?:\.0+)?")  # statistical packages write 2024.0
_SEPARATED = re.compile(r"[+-]?[0-9]{1,3}(?:[,.'\u2019 \u00a0\u2009\u202f_][0-9]{3})+(?:[.,][0-9]+)?")
_DATE = re.compile(
    r"(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{1,2}[-/ ][A-Za-z\u00e9\u00fb]{3,5}\.?(?:[-/ ][0-9]{2,4})?|[A-Za-z\u00e9\u00fb]{3,5}\.?[- ][0-9]{2,4})"
    r"(?:[ T][0-9:.]+Z?)?"
)
_TWO_YEARS = re.compile(r"(?:FY|AF)?\s?[0-9]{4}\s?[-/\u2013]\s?[0-9]{2,4}|(?:FY|AF)\s?[0-9]{2,4}", re.IGNORECASE)
_SPREADSHEET_ERROR = re.compile(r"#[A-Z0-9/\u00c9?!]{2,12}[!?]?", re.IGNORECASE)
_NO_FIGURE = frozenset(
    {"-", "--", "..", "...", "n/a", "na", "n.a.", "nil", "none", "null", "missing", "?", ":", "x"}
    | {"n/d", "nd", "n.d.", "s.o.", "so", "manquant", "néant", "\u2013", "\u2014"}
)
TRUTHS = frozenset({"true", "false", "vrai", "faux"})
# Days are counted from here by spreadsheets; the bounds are 2000-01-01 and 2050-01-01.
_DAY_ZERO, _FIRST_SERIAL, _LAST_SERIAL = date(1899, 12, 30), 36_526, 54_789


def read_number(text: str) -> float | Unreadable:
    """The number that the text writes (JSON's grammar; leading zeros allowed)."""
    if _NUMBER.fullmatch(text) is None:
        return _not_a_number(text)
    if len(text) <= SAFE_DIGITS and "e" not in text and "E" not in text:
        return float(text) + 0.0  # + 0.0 makes -0 plain 0
    return _long_number(text)


def read_year(text: str) -> int | Unreadable:
    """The calendar year that the text writes."""
    found = _YEAR.fullmatch(text)
    return int(found[1]) if found else Unreadable("answers.not_a_year", year_parameters(text))


def year_parameters(text: str) -> dict[str, str | int]:
    """What to say of a text that is not a calendar year; without advice when nothing is known of it."""
    said: dict[str, str | int] = {"found": shown(text)}
    if is_spreadsheet_error(text):
        return {**said, "advice": "mend_formula"}
    year = re.search(r"(?:19|20)[0-9]{2}", text)
    if text.isdecimal() and len(text) == 5 and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        day = _DAY_ZERO + timedelta(days=int(text))
        return {**said, "advice": "year_is_serial_day", "day": day.isoformat(), "year": day.year}
    if year and _DATE.fullmatch(text):
        return {**said, "advice": "year_is_date", "year": int(year[0])}
    if is_fiscal_year(text):
        return {**said, "advice": "year_is_fiscal"}
    if year and re.fullmatch(r"[0-9]{4},0*", text):
        return {**said, "advice": "year_plainly", "year": int(year[0])}
    return said


def is_fiscal_year(text: str) -> bool:
    """Whether the text names a fiscal year without its days, like 2023/24 or FY2024."""
    return _TWO_YEARS.fullmatch(text) is not None


def looks_like_date(text: str) -> bool:
    """Whether the text is a date, as spreadsheets make of many a number and code."""
    return _DATE.fullmatch(text) is not None


def is_spreadsheet_error(text: str) -> bool:
    """Whether the text is the error of a formula, like #REF!."""
    return _SPREADSHEET_ERROR.fullmatch(text) is not None


def spelled(value: float) -> str:
    """The shortest text that reads back as this very number: whole ones without point, and no exponents but for sizes
    that nobody writes out."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    if "e" in text and _SMALLEST_PLAIN <= abs(value) < _LARGEST_PLAIN:
        text = f"{Decimal(text):f}"
    return text.removesuffix(".0")


def told(value: float, language: str) -> str:
    """A figure in a sentence: exactly as it is, with the decimal mark of the language."""
    plain = spelled(float(value))
    return plain.replace(".", ",") if language == "fr" else plain


def _long_number(text: str) -> float | Unreadable:
    value = float(text) + 0.0 if len(text) <= LONGEST else None
    if value is not None and isinf(value):
        return Unreadable("answers.too_large", {"found": shown(text)})
    if value is None:
        return Unreadable("answers.too_many_digits", {"found": shown(text), "advice": "round"})
    if not _is_exact(text, value):
        return Unreadable("answers.too_many_digits", {"found": shown(text), "kept": spelled(value)})
    return value


def _is_exact(text: str, value: float) -> bool:
    """Whether the text writes this very number, and not one that only rounds to it."""
    try:
        return Decimal(text) == Decimal(repr(value))
    except InvalidOperation:  # an exponent beyond all that decimals can have
        return False


def _not_a_number(text: str) -> Unreadable:
    bare = text.strip()
    lower = bare.lower()
    said = {"found": shown(bare)}
    if lower.lstrip("+-") in {"nan", "inf", "infinity"}:
        return Unreadable("answers.not_finite", said)
    if is_spreadsheet_error(bare):
        return Unreadable("answers.spreadsheet_error", said)
    if looks_like_date(bare):
        return Unreadable("answers.looks_like_date", said)
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", bare):
        return Unreadable("answers.ambiguous_number", readings(bare))
    return Unreadable("answers.not_a_number", {**said, "advice": _advice(bare, lower)})


def readings(text: str, decimal: str = ".") -> dict[str, str]:
    """Both numbers that a figure with one comma or point may be; `decimal` is how the file at hand writes decimals."""
    pointed, whole = shown(text.replace(",", ".")), shown(text.replace(",", "").replace(".", ""))
    return {"found": shown(text), "first": pointed, "second": whole, "write": pointed.replace(".", decimal)}


def _advice(text: str, lower: str) -> str:
    if lower in _NO_FIGURE:
        return "no_figure"
    if lower in TRUTHS:
        return "truth_value"
    if text.startswith(("=", "@")):
        return "formula"
    if text.endswith("%"):
        return "percent_sign"
    if _SEPARATED.fullmatch(text):
        return "separators"
    if re.fullmatch(r"\+?[0-9]*\.?[0-9]*", text):
        return "whole_form"
    return "digits"
